#include "store/memory_series.h"

#include <algorithm>
#include <utility>

#include "store/series_rows.h"

namespace candor::store {

// The reading and writing of the storage; its header shows only what tests may do to it.
class MemorySeriesAccess final {
   public:
    using Lock = std::scoped_lock<std::mutex>;

    explicit MemorySeriesAccess(std::shared_ptr<MemorySeriesStorage> storage)
        : s_(std::move(storage)) {}

    std::vector<Observation> after(const CheckId& check, std::uint64_t number,
                                   std::size_t limit) const;
    std::vector<Observation> newest(const CheckId& check, std::size_t limit) const;
    std::vector<Rollup> rollups(const CheckId& check, Resolution resolution, Timestamp from,
                                Timestamp to) const;
    std::uint64_t last_number() const;
    Timestamp last_at() const;

    AppendFault take_fault();
    void append(std::span<const Observation> observations);
    void trim(Timestamp now, Duration keep);

    std::shared_ptr<MemorySeriesStorage> storage() const { return s_; }

   private:
    std::shared_ptr<MemorySeriesStorage> s_;
};

std::vector<Observation> MemorySeriesAccess::after(const CheckId& check, std::uint64_t number,
                                                   std::size_t limit) const {
    const Lock lock(s_->mutex_);
    std::vector<Observation> found;
    const auto rows = s_->raw_.find(check);
    if (rows == s_->raw_.end()) return found;
    for (auto it = rows->second.upper_bound(number); it != rows->second.end(); ++it) {
        if (found.size() >= limit) break;
        found.push_back(it->second);
    }
    return found;
}

std::vector<Observation> MemorySeriesAccess::newest(const CheckId& check, std::size_t limit) const {
    const Lock lock(s_->mutex_);
    std::vector<Observation> found;
    const auto rows = s_->raw_.find(check);
    if (rows == s_->raw_.end()) return found;
    for (auto it = rows->second.rbegin(); it != rows->second.rend(); ++it) {
        if (found.size() >= limit) break;
        found.push_back(it->second);
    }
    return found;
}

std::vector<Rollup> MemorySeriesAccess::rollups(const CheckId& check, Resolution resolution,
                                                Timestamp from, Timestamp to) const {
    const Lock lock(s_->mutex_);
    std::vector<Rollup> found;
    const auto rows = s_->rollups_.find({check, resolution});
    if (rows == s_->rollups_.end()) return found;
    for (auto it = rows->second.lower_bound(from); it != rows->second.end(); ++it) {
        if (it->first >= to) break;
        found.push_back(it->second);
    }
    return found;
}

std::uint64_t MemorySeriesAccess::last_number() const {
    const Lock lock(s_->mutex_);
    return s_->last_number_;
}

Timestamp MemorySeriesAccess::last_at() const {
    const Lock lock(s_->mutex_);
    return s_->last_at_;
}

AppendFault MemorySeriesAccess::take_fault() {
    const Lock lock(s_->mutex_);
    const AppendFault fault = std::exchange(s_->next_fault_, AppendFault::kNone);
    return fault == AppendFault::kNone && s_->disk_full_ ? AppendFault::kDiskFull : fault;
}

// Counts at once, so maintain() has only trimming to do.
void MemorySeriesAccess::append(std::span<const Observation> observations) {
    const Lock lock(s_->mutex_);
    for (const Observation& o : observations) {
        s_->raw_[o.check][o.number] = o;
        s_->last_number_ = o.number;
        s_->last_at_ = std::max(s_->last_at_, o.at);
        if (!is_counted(o)) continue;
        for (const Resolution r : {Resolution::kMinute, Resolution::kHour, Resolution::kDay}) {
            const Timestamp start = step_start(o.at, r);
            Rollup& rollup = s_->rollups_[{o.check, r}][start];
            rollup.start = start;
            count_into(rollup, o);
        }
    }
}

void MemorySeriesAccess::trim(Timestamp now, Duration keep) {
    const Lock lock(s_->mutex_);
    for (auto& [check, rows] : s_->raw_) {
        auto end = rows.begin();
        while (end != rows.end() && end->second.at < now - keep) ++end;
        rows.erase(rows.begin(), end);
    }
    for (auto& [key, rows] : s_->rollups_) {
        if (key.second == Resolution::kDay) continue;
        const Duration kept = key.second == Resolution::kMinute ? kMinutesKept : kHoursKept;
        rows.erase(rows.begin(), rows.lower_bound(now - kept));
    }
}

namespace {

// `Base` is SeriesReader or Series: the read side of both.
template <class Base>
class MemoryReads : public Base {
   public:
    explicit MemoryReads(std::shared_ptr<MemorySeriesStorage> storage)
        : access_(std::move(storage)) {}

    Result<std::vector<Observation>> observations_after(const CheckId& check, std::uint64_t after,
                                                        std::size_t limit) override {
        return access_.after(check, after, std::min(limit, kObservationsPerReadMax));
    }
    Result<std::vector<Observation>> newest(const CheckId& check, std::size_t limit) override {
        return access_.newest(check, std::min(limit, kObservationsPerReadMax));
    }
    Result<std::vector<Rollup>> rollups(const CheckId& check, Resolution resolution, Timestamp from,
                                        Timestamp to) override {
        TRY(check_rollup_range(resolution, from, to));
        return access_.rollups(check, resolution, from, to);
    }
    Result<std::uint64_t> last_number() override { return access_.last_number(); }
    Result<Timestamp> last_at() override { return access_.last_at(); }

   protected:
    MemorySeriesAccess access_;
};

class MemorySeries final : public MemoryReads<Series> {
   public:
    using MemoryReads<Series>::MemoryReads;

    Result<void> append(std::span<const Observation> observations) override {
        TRY(refuse_after_failure());
        TRY(check_observations(observations, access_.last_number()));
        switch (access_.take_fault()) {
            case AppendFault::kNone: access_.append(observations); return {};
            case AppendFault::kDiskFull:
                return fail(ErrorCode::kDiskFull, "the disk is full (injected)");
            case AppendFault::kFailAfter: access_.append(observations); break;
            case AppendFault::kFailBefore: break;
        }
        failed_ = true;
        return fail(ErrorCode::kIo, "the disk failed (injected)");
    }
    Result<bool> maintain(Timestamp now, Duration keep) override {
        TRY(refuse_after_failure());
        access_.trim(now, keep);
        return false;
    }
    Result<std::unique_ptr<SeriesReader>> open_reader() override {
        return std::make_unique<MemoryReads<SeriesReader>>(access_.storage());
    }

   private:
    Result<void> refuse_after_failure() const {
        if (!failed_) return {};
        return fail(ErrorCode::kIo, "the memory series failed earlier; reopen it to recover");
    }

    bool failed_ = false;
};

}  // namespace

void MemorySeriesStorage::fail_next_append(AppendFault fault) {
    const std::scoped_lock lock(mutex_);
    next_fault_ = fault;
}

void MemorySeriesStorage::set_disk_full(bool full) {
    const std::scoped_lock lock(mutex_);
    disk_full_ = full;
}

Result<std::unique_ptr<Series>> open_memory_series(std::shared_ptr<MemorySeriesStorage> storage) {
    return std::make_unique<MemorySeries>(std::move(storage));
}

}  // namespace candor::store
