// A team: the LANES invocations of a workgroup, a power of two. They share values through shared memory: for devices without subgroup
// operations, and for rows long enough to feed more lanes than a subgroup has. Every function must be called by all lanes.

#extension GL_EXT_control_flow_attributes : require

layout(constant_id = 0) const uint LANES = 64;
layout(local_size_x_id = 0) in;

shared float laneFloats[LANES];
shared uint laneUints[LANES];

float laneSum(float value) {
    const uint lane = gl_LocalInvocationID.x;
    laneFloats[lane] = value;
    barrier();
    for (uint reach = LANES / 2; reach > 0; reach /= 2) {
        if (lane < reach) {
            laneFloats[lane] += laneFloats[lane + reach];
        }
        barrier();
    }
    const float result = laneFloats[0];
    barrier();
    return result;
}

float laneMax(float value) {
    const uint lane = gl_LocalInvocationID.x;
    laneFloats[lane] = value;
    barrier();
    for (uint reach = LANES / 2; reach > 0; reach /= 2) {
        if (lane < reach) {
            laneFloats[lane] = max(laneFloats[lane], laneFloats[lane + reach]);
        }
        barrier();
    }
    const float result = laneFloats[0];
    barrier();
    return result;
}

uint laneMin(uint value) {
    const uint lane = gl_LocalInvocationID.x;
    laneUints[lane] = value;
    barrier();
    for (uint reach = LANES / 2; reach > 0; reach /= 2) {
        if (lane < reach) {
            laneUints[lane] = min(laneUints[lane], laneUints[lane + reach]);
        }
        barrier();
    }
    const uint result = laneUints[0];
    barrier();
    return result;
}

// Boards as in subgroup.glsl; any slot can be indexed here, and unrolled loops would only be slow to compile.
#define BOARD(name, slots) shared float name[(slots) * LANES]
#define POST(board, slot, value) board[(slot) * LANES + gl_LocalInvocationID.x] = (value)
#define POSTED(board, slot, lane) board[(slot) * LANES + (lane)]
#define BOARD_UNROLL [[dont_unroll]]

void settlePosts() {
    barrier();
}
