#pragma once

#include "engine/backend/backend.h"

namespace crystallite {

/// What both backends hold the shapes of the operations of a mixture of experts to; assertions, because the model has checked its files.
void checkRoute(const RouteArgs& args);
void checkExpertMatmul(const ExpertMatmulArgs& args);

}  // namespace crystallite
