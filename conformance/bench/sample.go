package bench

import (
	"math"
	"slices"
)

// A Sample is what was measured of one thing, a round each.
type Sample []float64

// Median is the middle of the sample.
func (s Sample) Median() float64 { return s.Quantile(0.5) }

// Spread is half the distance between the quartiles, as a part of the median:
// 0.1 is a tenth.
func (s Sample) Spread() float64 {
	m := s.Median()
	if m == 0 {
		return 0
	}
	return (s.Quantile(0.75) - s.Quantile(0.25)) / 2 / m
}

// Quantile is the value that a part q of the sample is below, between two
// rounds if it has to be. It is 0 if there is none.
func (s Sample) Quantile(q float64) float64 {
	if len(s) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(s))
	at := q * float64(len(sorted)-1)
	i := int(at)
	if i+1 == len(sorted) {
		return sorted[i]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}

// Over is s divided by t, round by round. What slows the machine down for
// a while slows both, and leaves their ratio alone.
func (s Sample) Over(t Sample) Sample {
	r := make(Sample, min(len(s), len(t)))
	for i := range r {
		r[i] = s[i] / t[i]
	}
	return r
}

// rank is the value that a part q of sorted is not above, by nearest rank.
func rank(sorted []int64, q float64) int64 {
	i := int(math.Ceil(q*float64(len(sorted)))) - 1
	return sorted[max(i, 0)]
}
