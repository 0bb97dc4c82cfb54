package hostmodel

import "mx.example/status"

// Plan 9 has no error numbers. Nothing is run on its descriptors, so that any will do.
const (
	eACCES status.Errno = iota + 1
	eADDRNOTAVAIL
	eAFNOSUPPORT
	eAGAIN
	eBADF
	eCONNREFUSED
	eCONNRESET
	eFAULT
	eHOSTUNREACH
	eINVAL
	eMFILE
	eMSGSIZE
	eNETDOWN
	eNETUNREACH
	eNFILE
	eNOBUFS
	eNOMEM
	eNOSPC
	eNOSYS
	eNOTCONN
	ePERM
	ePIPE
	ePROTONOSUPPORT
)
