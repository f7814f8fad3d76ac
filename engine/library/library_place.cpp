#include "engine/library/library_place.h"

#include "engine/base/data_home.h"

namespace crystallite {

std::filesystem::path libraryOfThisPerson() {
    const std::filesystem::path data = dataHome();
    // Organisation and application, as Qt names the window's folder.
    return data.empty() ? data : data / "crystallite" / "crystallite" / "history.crystal";
}

}  // namespace crystallite
