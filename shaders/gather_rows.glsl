// out[i, :] (+)= table[indices[i], :]     table [rows, columns] in the format of the includer, out [count, columns] f32
// The table may be bound in stretches of rows: indices outside of the bound one are left to another dispatch.
// A workgroup owns 64 columns of one row. Twin: tests/ops/embed_test.cpp, tests/ops/gather_rows_test.cpp.

#include "params/gather_rows.h"

layout(local_size_x = 64) in;

layout(push_constant) uniform Push {
    GatherRowsParams params;
};
layout(std430, binding = 1) readonly buffer Indices {
    uint indices[];
};
layout(std430, binding = 2) buffer Out {
    float result[];
};

void main() {
    const uint column = gl_GlobalInvocationID.x;
    const uint row = gl_GlobalInvocationID.y;
    if (column >= params.columns || row >= params.count) {
        return;
    }
    // Wraps around for rows before the bound ones, which the comparison rejects too.
    const uint tableRow = indices[params.indexOffset + row] - params.firstRow;
    if (tableRow < params.tableRows) {
        const float[TOGETHER] values =
            weightsAt(params.tableOffset + tableRow * params.tableStride, column / TOGETHER * TOGETHER);
        const float value = values[column % TOGETHER];
        const uint at = params.outOffset + row * params.outStride + column;
        result[at] = params.addToOut != 0 ? result[at] + value : value;
    }
}
