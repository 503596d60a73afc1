// A journal, a notifier with its real notify.db, and servers that answer as they are told.
//
// What happened is decided by the real core and appended to a journal; time moves only when told
// to. A life of the notifier ends properly or on the spot, and the next one finds what the disk
// held. The test's thread only.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/notifier.h"
#include "store/memory_journal.h"
#include "tests/contract/temp_folder.h"
#include "tests/notify/scripted_servers.h"
#include "tests/world/decisions.h"

namespace candor::test {

// Stands still until it is set; any thread.
class SetClock final : public Clock {
   public:
    Stamp now() override { return {Timestamp{wall_}, Duration{wall_}}; }
    std::uint64_t entropy() override { return 7; }
    void set(Timestamp wall) { wall_ = wall.ms; }

   private:
    std::atomic<std::int64_t> wall_{0};
};

// The channels "ops" and "lead" are webhooks of these, in their own words.
inline constexpr const char* kOps = "https://ops.example/hook";
inline constexpr const char* kLead = "https://lead.example/hook";

class ToldWorld {
   public:
    // One component "shop" with the checks shop/acme and shop/umbrella beside its own, all well.
    ToldWorld();
    ~ToldWorld();

    // Opens notify.db and runs; a file that fails so often at first makes it stand still.
    void start(int failures = 0);
    void stop();
    // What is on disk now is all that is left.
    void crash();
    bool runs() const { return notifier_ != nullptr; }

    notify::Routes routes;  // of the next start() or reload()
    void reload() { notifier_->set_routes(routes); }

    // What happens. Each is one batch, durable and offered.
    void verdict(const std::string& check, Verdict verdict, const std::string& customer = "");
    void subscribe(const std::string& name);  // name@b.example
    void write(const std::string& text);      // a person, in the newest incident
    void happen(InputKind what);
    // Time passes, and the notifier notices.
    void pass(Duration duration);

    // Returns once the notifier has nothing to do before time passes or a server answers. False: it
    // does not come to rest.
    bool settle();
    // Runs on the notifier's thread, with its file open.
    void on_its_thread(const std::function<void(Deliveries&)>& what);

    ScriptedServers servers;
    world::Decisions decisions{{"shop"}};
    std::vector<std::string> log() const;
    const std::string& folder() const { return folder_; }
    app::NotifierStats stats() const { return notifier_->stats(); }

   private:
    SealedText seal(const std::string& text);
    void commit();
    bool is_at_rest();

    TempFolder home_;
    std::string folder_;
    int lives_ = 0;
    SetClock clock_;
    std::shared_ptr<store::MemoryJournalStorage> disk_ =
        std::make_shared<store::MemoryJournalStorage>();
    std::unique_ptr<Journal> journal_;
    std::vector<SealedRow> sealed_;
    mutable std::mutex log_mutex_;
    std::vector<std::string> log_;
    std::unique_ptr<app::Notifier> notifier_;
};

}  // namespace candor::test
