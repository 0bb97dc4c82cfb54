# find_package(libmx) gives two targets: libmx::libmx is the shared library, and
# libmx::static the archive.

include(CMakeFindDependencyMacro)
find_dependency(Threads)

get_filename_component(_libmx_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)

if(NOT TARGET libmx::libmx)
  add_library(libmx::libmx SHARED IMPORTED)
  set_target_properties(libmx::libmx PROPERTIES
    IMPORTED_LOCATION "${_libmx_prefix}/lib/libmx.so.0"
    IMPORTED_SONAME "libmx.so.0"
    INTERFACE_INCLUDE_DIRECTORIES "${_libmx_prefix}/include")
endif()

if(NOT TARGET libmx::static)
  add_library(libmx::static STATIC IMPORTED)
  set_target_properties(libmx::static PROPERTIES
    IMPORTED_LOCATION "${_libmx_prefix}/lib/libmx.a"
    INTERFACE_INCLUDE_DIRECTORIES "${_libmx_prefix}/include"
    INTERFACE_LINK_LIBRARIES Threads::Threads)
endif()

unset(_libmx_prefix)
