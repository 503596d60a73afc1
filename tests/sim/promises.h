// Everything that was acknowledged to senders, and whether it is still there exactly once.
//
// The sender's side of "acknowledged means durable" (rule 11): it knows only requests and answers.
// Every answer is a complaint, empty when all is well. One thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "ports/journal.h"
#include "ports/operator.h"
#include "ports/series.h"

namespace candor::sim {

class Promises {
   public:
    // A command's final answer; `text` is what the person wrote, empty for none.
    std::string commanded(const CommandRequest& request, const CommandAnswer& answer,
                          const std::string& text);
    // A ping was sent and acknowledged, or was sent and its fate is not known.
    void pinged(const CheckId& check) { ++pings_[check].owed; }
    void pinged_in_vain(const CheckId& check) { ++pings_[check].uncertain; }

    // Every acknowledged ping has come to rest in the series.
    std::string look_for_pings(SeriesReader& series);

    // All of it again.
    std::string check(JournalReader& journal, const std::map<std::string, Position>& keys,
                      SeriesReader& series) const;

    std::size_t commands() const { return commands_.size(); }

   private:
    struct Commanded {
        CommandAnswer answer;
        std::string text;
    };
    struct Pinged {
        std::vector<std::uint64_t> numbers;  // acknowledged observations
        std::size_t owed = 0;                // acknowledged, number not known yet
        std::size_t uncertain = 0;
    };

    static std::string check_command(const std::string& key, const Commanded& asked,
                                     JournalReader& journal,
                                     const std::map<std::string, Position>& keys);
    static std::string look_for(const CheckId& check, Pinged& pinged, SeriesReader& series);
    static std::string check_pings(const CheckId& check, const Pinged& pinged,
                                   SeriesReader& series);

    std::map<std::string, Commanded> commands_;  // by idempotency key
    std::map<CheckId, Pinged> pings_;
};

}  // namespace candor::sim
