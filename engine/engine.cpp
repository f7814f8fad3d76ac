#include "engine/engine.h"

namespace crystallite {

std::string_view engineVersion() {
    return CRYSTALLITE_VERSION;
}

}  // namespace crystallite
