// How many connections of one network the console listener holds, over all workers, and which of
// them gives way to a newcomer: the longest idle. A newcomer is refused only when none is idle.
//
// Closes nothing itself: it names the one that lost its place, and the worker of that one is told.
// Safe from any thread. Invariant: a network never holds more places than the cap.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "web/client.h"
#include "web/mailbox.h"

namespace candor::web {

class NetworkCap final {
   public:
    // One connection and the worker that owns it.
    struct Holder {
        std::shared_ptr<Mailbox> worker;
        Ticket ticket;  // the serial does not count
    };
    struct Entrance {
        bool entered = false;
        std::optional<Holder> evicted;  // its place went to the newcomer
    };

    explicit NetworkCap(std::size_t most) : most_(most) {}

    // A newcomer counts as idle until set_idle() says otherwise.
    Entrance enter(const Network& network, Holder newcomer);
    // Becoming idle again, or after a request, starts its idle time anew. Nothing happens when the
    // connection has lost its place.
    void set_idle(const Network& network, const Holder& holder, bool idle);
    // The place is free. Nothing happens when it was lost before.
    void leave(const Network& network, const Holder& holder);

   private:
    struct Place {
        Holder holder;
        bool idle = true;
    };
    // The longest idle stands first; there are `most_` at most, so searching is cheap.
    using Places = std::vector<Place>;
    static Places::iterator find(Places& places, const Holder& holder);

    std::size_t most_;
    std::mutex mutex_;
    std::map<Network, Places> held_;
};

}  // namespace candor::web
