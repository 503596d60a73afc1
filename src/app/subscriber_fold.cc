#include "app/subscriber_fold.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/codec.h"
#include "notify/subscriber_record.h"

namespace candor::app {
namespace {

constexpr std::size_t kReadChunk = 1'000;

// Nothing: the address is erased.
Result<std::optional<std::string>> address_of(const SealedText& record, JournalReader& texts) {
    auto text = texts.sealed_text(record.value);
    if (text) return *std::move(text);
    if (text.error().code == ErrorCode::kNotFound) return std::nullopt;
    return std::unexpected(text.error());
}

Result<void> put(const entry::SubscriberSet& set, Timestamp at, JournalReader& texts,
                 Deliveries& into, const std::function<void(const std::string&)>& log) {
    auto address = TRY(address_of(set.record, texts));
    if (!address) return {};
    notify::SubscriberRecord record;
    record.filter.components = set.components;
    record.filter.min_impact = set.min_impact;
    record.address = set.record;
    Subscriber subscriber;
    subscriber.id = set.subscriber;
    subscriber.address = *std::move(address);
    subscriber.filter = encode(record);
    subscriber.confirmed = at;
    auto done = into.put_subscriber(subscriber);
    if (done || done.error().code != ErrorCode::kBusy) return done;
    log("subscriber " + set.subscriber.value + " gets no mail: the list is full");
    return {};
}

}  // namespace

bool speaks_of_subscribers(const Batch& batch) {
    return std::ranges::any_of(batch.entries, [](const Entry& entry) {
        return std::holds_alternative<entry::SubscriberSet>(entry) ||
               std::holds_alternative<entry::SubscriberRemoved>(entry);
    });
}

Result<void> fold_subscribers(const Batch& batch, JournalReader& texts, Deliveries& into,
                              const std::function<void(const std::string&)>& log) {
    for (const Entry& entry : batch.entries) {
        if (const auto* set = std::get_if<entry::SubscriberSet>(&entry)) {
            TRY(put(*set, batch.at, texts, into, log));
            TRY(into.forget_subject(notify::asking_subject(set->subscriber)));
        } else if (const auto* gone = std::get_if<entry::SubscriberRemoved>(&entry)) {
            TRY(into.remove_subscriber(gone->subscriber));
            TRY(into.forget_subject(notify::asking_subject(gone->subscriber)));
        }
    }
    return {};
}

Result<void> fold_subscribers_between(Position after, Position until, JournalReader& journal,
                                      Deliveries& into,
                                      const std::function<void(const std::string&)>& log) {
    while (after < until) {
        const Position before = after;
        // Kept apart, because addresses are looked up in the same journal.
        std::vector<Batch> found;
        const auto visit = [&](const JournalRecord& record) -> Result<void> {
            Batch batch = TRY(decode_batch(record.bytes));
            after = record.position;
            if (speaks_of_subscribers(batch)) found.push_back(std::move(batch));
            return {};
        };
        TRY(journal.read(after, std::min<std::size_t>(kReadChunk, until - after), visit));
        for (const Batch& batch : found) TRY(fold_subscribers(batch, journal, into, log));
        if (after == before) break;
    }
    return {};
}

}  // namespace candor::app
