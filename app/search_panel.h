#pragma once

#include "app/trace_search.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QCheckBox;
class QLabel;
class QLineEdit;
class QListView;
class QToolButton;

namespace crystallite {

class RunDocument;
class SearchModel;

/// Looks for a token or a text over all steps, in slices, so that the window never waits. Choosing a match goes to its step and slot.
class SearchPanel : public QWidget {
    Q_OBJECT
public:
    explicit SearchPanel(RunDocument& document, QWidget* parent = nullptr);

    [[nodiscard]] const TraceSearch& search() const { return search_; }
    [[nodiscard]] bool isSearching() const { return timer_.isActive(); }

public Q_SLOTS:
    /// Puts the cursor into the field.
    void focusField();
    /// The match after, or before, the one that was chosen last, or else the frame that is shown; round the ends.
    void chooseNext();
    void choosePrevious();
    void cancel();

Q_SIGNALS:
    void matchChosen(uint32_t frame, std::optional<uint32_t> position);
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void addField();
    void addOptions();
    void addStatus();
    void addResults();
    QToolButton* addStepButton(Qt::ArrowType arrow, const QString& text, const QString& keys);
    void restart();
    void goOn();
    void searchSlice();
    void choose(int row);
    void activate(int row);
    [[nodiscard]] int nearestRow(bool forward) const;
    void refreshStatus();

    RunDocument& document_;
    TraceSearch search_{SearchQuery{}};
    bool cancelled_ = false;
    QTimer timer_;
    QLineEdit* field_ = nullptr;
    QCheckBox* inCommits_ = nullptr;
    QCheckBox* inGuesses_ = nullptr;
    QCheckBox* inReading_ = nullptr;
    QLabel* status_ = nullptr;
    QToolButton* cancel_ = nullptr;
    SearchModel* model_ = nullptr;
    QListView* results_ = nullptr;
};

}  // namespace crystallite
