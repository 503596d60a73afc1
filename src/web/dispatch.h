// From a parsed request to its answer: admits by the route table, then acts on the handler.
//
// No sockets: answers go to an Output, slow ones come later through a Mailbox. One per worker, on
// its thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "web/gate.h"
#include "web/http_request.h"
#include "web/mailbox.h"
#include "web/output.h"
#include "web/response.h"
#include "web/routes.h"
#include "web/served_site.h"
#include "web/shared.h"

namespace candor::web {

enum class Outcome : std::uint8_t {
    kAnswered,  // the answer is in the Output
    kPending,   // it will come to the mailbox under the ticket
    kEvents,    // the head is in the Output; the connection becomes an event stream
};

// Of one admitted request.
struct Admission {
    const Route* route = nullptr;  // nullptr: refused, and the answer stands in `refusal`
    Answer refusal;
    access::Caller caller;
    std::size_t label = kNoRoute;  // for the request counter
};

// What an admitted request brings besides its head.
struct Request {
    std::string body;  // complete
    Peer peer;
    access::Caller caller;
};

class Dispatcher final {
   public:
    Dispatcher(Shared& shared, std::shared_ptr<Mailbox> mailbox, Counters& counters)
        : shared_(shared), mailbox_(std::move(mailbox)), counters_(counters) {}

    // The hot path: true when `head` asks for a pre-rendered page and the answer was appended.
    bool try_page(const RequestHead& head, const Peer& peer, const Envelope& envelope, Output& out);

    // Route, method, access, rate and announced length, before any of the body is read.
    Admission admit(const RequestHead& head, const Peer& peer, std::int64_t now_ms) const;

    // With kPending the worker keeps the connection waiting under `ticket`.
    Outcome serve(const Route& route, const RequestHead& head, Request request,
                  const Envelope& envelope, const Ticket& ticket, Output& out);

    void answer(std::size_t label, const Answer& answer, const Envelope& envelope, Output& out);

    void set_site(ServedSitePtr site) { site_ = std::move(site); }
    void set_pings(PingDirectoryPtr pings) { pings_ = std::move(pings); }
    const ServedSitePtr& site() const { return site_; }

   private:
    void append_page(const ServedResource& resource, const RequestHead& head,
                     const Envelope& envelope, Output& out);
    Outcome serve_page(const Route& route, const RequestHead& head, Request& request,
                       const Envelope& envelope, const Ticket& ticket, Output& out);
    Outcome serve_ping(const RequestHead& head, std::string body, const Peer& peer,
                       const Ticket& ticket, Answer& now);
    Outcome serve_command(const Route& route, const RequestHead& head, const Request& request,
                          const Ticket& ticket, Answer& now);
    Outcome serve_account(const Route& route, const RequestHead& head, Request& request,
                          const Ticket& ticket, Answer& now);
    Outcome serve_small(const Route& route, const RequestHead& head, Answer& now) const;
    std::optional<Answer> refuse_head(const Route& route, const RequestHead& head,
                                      const Peer& peer) const;
    Answer metrics(const RequestHead& head) const;
    Answer options(const Route* route) const;

    Shared& shared_;
    std::shared_ptr<Mailbox> mailbox_;
    Counters& counters_;
    ServedSitePtr site_;
    PingDirectoryPtr pings_;
};

}  // namespace candor::web
