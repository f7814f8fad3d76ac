#pragma once

#include <span>

class QPainter;

namespace crystallite {

struct CoreFace;
struct CoreUniforms;

/// Draws faces of the core sample with QPainter, in their order: the same colours and geometry as shaders/view/core_face.*; light that runs
/// over a face is that of its middle.
void paintCoreFaces(QPainter& painter, std::span<const CoreFace> faces, const CoreUniforms& light);

}  // namespace crystallite
