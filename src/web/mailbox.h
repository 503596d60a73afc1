// What other threads hand to one worker: new pages, finished answers, the order to drain.
//
// Safe from any thread; take() belongs to the worker. Outlives the worker for late completions,
// which are then dropped.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <variant>
#include <vector>

#include "intake/ping_path.h"
#include "web/client.h"
#include "web/response.h"
#include "web/routes.h"
#include "web/served_site.h"
#include "web/tls_context.h"

namespace candor::web {

using PingDirectoryPtr = std::shared_ptr<const intake::PingDirectory>;

// Names one request of one connection; stale ones match nothing.
struct Ticket {
    std::uint32_t slot = 0;
    std::uint32_t generation = 0;
    std::uint64_t serial = 0;
};

struct Completed {
    Ticket ticket;
    Answer answer;
};
// A new site, in two steps: every worker serves it before any event stream hears of it, so that a
// browser which asks again because of the event never gets the page of before.
struct NewSite {
    ServedSitePtr site;
    // Called by each worker once it serves `site`.
    std::function<void()> served;
};
struct AnnounceSite {};
// The place of this connection went to another: it closes now, or after the request it is busy
// with.
struct GiveWay {
    Ticket ticket;
};
// Somebody may have lost what they had: streams that were opened in their name are looked at.
struct AccessChanged {};
// New connections to these listeners are shown this certificate.
struct NewCertificate {
    ListenerSet listeners = 0;
    TlsContextPtr context;
};
struct Drain {};
struct Stop {};

using Message = std::variant<NewSite, AnnounceSite, PingDirectoryPtr, Completed, GiveWay,
                             AccessChanged, NewCertificate, TrustedProxiesPtr, Drain, Stop>;

class Mailbox final {
   public:
    Mailbox();
    ~Mailbox();
    Mailbox(const Mailbox&) = delete;
    Mailbox& operator=(const Mailbox&) = delete;

    // -1 when the system gave no descriptor.
    int fd() const { return fd_; }
    void post(Message message);
    std::vector<Message> take();

   private:
    int fd_;
    std::mutex mutex_;
    std::vector<Message> messages_;
};

}  // namespace candor::web
