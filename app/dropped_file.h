#pragma once

#include <QString>

class QMimeData;

namespace crystallite {

/// What something dragged over the window is good for.
struct DroppedFile {
    enum class Kind { Trace, Model, Prompt, Nothing };
    Kind kind = Kind::Nothing;
    QString path;     ///< of the trace, or of the model file or folder
    QString text;     ///< the prompt
    QString problem;  ///< of Nothing: a sentence that says what it is and what can be dropped
};

/// The longest text file that becomes a prompt.
inline constexpr qint64 kLongestPromptFile = 64 * 1024;

/// Looks at names and the beginning of a file; whether a trace or a model is sound is seen when it is opened.
[[nodiscard]] DroppedFile droppedFile(const QMimeData& data);

}  // namespace crystallite
