// The weights in the format that the build names: one SPIR-V module per format. Every format file gives, at binding 0,
//   TOGETHER                 how many weights it decodes at a time
//   weightsAt(row, d)        weights d..d+TOGETHER-1 of a row as f32; d is a multiple of TOGETHER. `row` is where the row starts in the bound
//                            range, counted in elements, or in bytes where weights come in blocks.

#if defined(WEIGHTS_F32)
#include "f32.glsl"
#elif defined(WEIGHTS_F16)
#include "f16.glsl"
#elif defined(WEIGHTS_BF16)
#include "bf16.glsl"
#elif defined(WEIGHTS_Q8_0)
#include "q8_0.glsl"
#elif defined(WEIGHTS_Q6_K)
#include "q6_k.glsl"
#elif defined(WEIGHTS_Q5_1)
#include "q5_1.glsl"
#elif defined(WEIGHTS_Q5_K)
#include "q5_k.glsl"
#elif defined(WEIGHTS_Q5_0)
#include "q5_0.glsl"
#elif defined(WEIGHTS_Q4_1)
#include "q4_1.glsl"
#elif defined(WEIGHTS_Q4_K)
#include "q4_k.glsl"
#elif defined(WEIGHTS_Q4_0)
#include "q4_0.glsl"
#elif defined(WEIGHTS_IQ4_NL)
#include "iq4_nl.glsl"
#elif defined(WEIGHTS_IQ4_XS)
#include "iq4_xs.glsl"
#elif defined(WEIGHTS_MXFP4)
#include "mxfp4.glsl"
#elif defined(WEIGHTS_Q3_K)
#include "q3_k.glsl"
#elif defined(WEIGHTS_Q2_K)
#include "q2_k.glsl"
#else
#error "WEIGHTS_… must name a format"
#endif
