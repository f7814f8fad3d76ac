#pragma once

#include <QCoreApplication>
#include <QString>

#include <filesystem>
#include <string_view>

namespace crystallite {

inline QString toQString(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

inline std::filesystem::path toPath(const QString& path) {
    return {path.toStdU16String()};
}

/// tr() for functions that belong to no QObject; their texts share one context.
inline QString translate(const char* text) {
    return QCoreApplication::translate("crystallite", text);
}

}  // namespace crystallite
