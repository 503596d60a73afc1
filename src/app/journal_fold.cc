#include "app/journal_fold.h"

#include <algorithm>
#include <utility>

#include "base/codec.h"
#include "core/apply.h"

namespace candor::app {

Result<void> JournalFold::start(Position position) {
    const JournalHead head = TRY(reader_->head());
    const Position end = std::min(position, head.position);
    state_ = {};
    if (const auto snapshot = TRY(reader_->snapshot(end, core::kApplyVersion))) {
        if (auto decoded = decode<core::State>(snapshot->bytes)) state_ = std::move(*decoded);
    }
    return reader_->read(state_.position, end - state_.position,
                         [this](const JournalRecord& record) -> Result<void> {
                             const Batch batch = TRY(decode_batch(record.bytes));
                             core::apply(state_, record.position, batch);
                             return {};
                         });
}

Result<std::size_t> JournalFold::advance(
    std::size_t limit, bool (*wanted)(const Batch&),
    const std::function<Result<void>(const FoldedBatch&)>& visit) {
    std::size_t folded = 0;
    const auto fold = [&](const JournalRecord& record) -> Result<void> {
        const Batch batch = TRY(decode_batch(record.bytes));
        ++folded;
        if (!wanted(batch)) {
            core::apply(state_, record.position, batch);
            return {};
        }
        core::State after = state_;
        core::apply(after, record.position, batch);
        TRY(visit({record.position, batch, state_, after}));
        state_ = std::move(after);
        return {};
    };
    TRY(reader_->read(state_.position, limit, fold));
    return folded;
}

}  // namespace candor::app
