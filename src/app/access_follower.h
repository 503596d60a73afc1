// Keeps the gatekeeper's directory in step with the journal.
//
// Called with every durable state, before anybody is told that it is durable: whoever is answered
// "revoked" can rely on it. Reads only the records that changed. The engine's thread only.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "access/gatekeeper.h"
#include "core/state.h"
#include "ports/journal.h"

namespace candor::app {

class AccessFollower final {
   public:
    // `log` takes one line for the operator; no secrets.
    AccessFollower(access::Gatekeeper& keeper, std::unique_ptr<JournalReader> texts,
                   std::function<void(const std::string&)> log);

    // Does nothing when the accounts are those of the last call.
    void follow(const core::State& state);

   private:
    template <class Record>
    using Cache = std::map<SealedText, Record>;

    template <class Record, class Unpack>
    const Record& record(Cache<Record>& cache, const SealedText& sealed, Unpack&& unpack);
    void forget_unused(const core::Accounts& accounts);

    access::Gatekeeper& keeper_;
    std::unique_ptr<JournalReader> texts_;
    std::function<void(const std::string&)> log_;
    core::Shared<core::Accounts> seen_;
    bool first_ = true;
    Cache<access::PersonRecord> people_;
    Cache<access::TokenRecord> tokens_;
};

}  // namespace candor::app
