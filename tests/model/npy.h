#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

namespace crystallite {

/// A two-dimensional array of a NumPy file, `<f4` or `<f8` in C order (numpy.org, "NPY format" version 1.0).
struct NpyMatrix {
    size_t rows = 0;
    size_t columns = 0;
    std::vector<double> values;  // [rows, columns]
};

/// Aborts the test program on anything else: no test could mean anything without its reference.
NpyMatrix readNpy(const std::filesystem::path& path);

}  // namespace crystallite
