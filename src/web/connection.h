// One connection's conversation: bytes read, requests parsed, answers sent, deadlines kept.
//
// Belongs to one worker and its thread. Its methods never destroy it: they return false when the
// worker must close it. One answer batch is unsent at most; while it is, nothing more is read, so a
// slow reader costs its own buffers and nobody else's.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "web/body_decoder.h"
#include "web/dispatch.h"
#include "web/http_parser.h"
#include "web/intrusive_list.h"
#include "web/output.h"
#include "web/timer_wheel.h"
#include "web/tls_stream.h"

namespace candor::web {

struct IdleTag {};
struct EventsTag {};
class Connection;

using IdleList = IntrusiveList<Connection, IdleTag>;
using EventsList = IntrusiveList<Connection, EventsTag>;

// What a connection borrows from its worker.
struct Bench {
    Shared& shared;
    Counters& counters;
    Dispatcher& dispatcher;
    TimerWheel& wheel;
    IdleList& idle;
    EventsList& events;
    char* buffer;  // kReadBytes, shared by all connections of the worker
    Output& out;   // empty between two calls
    TlsBench& tls;
    std::int64_t now_ms = 0;
    std::string_view date;
    bool draining = false;
};
inline constexpr std::size_t kReadBytes = 64 * 1024;

class Connection final : public Linked<IdleTag>, public Linked<EventsTag>, public TimerNode {
   public:
    enum class Phase : std::uint8_t { kHandshake, kHead, kBody, kWaiting, kEvents, kLingering };

    // `tls` is null where plain HTTP is spoken.
    Connection(int fd, std::uint32_t slot, std::uint32_t generation, Peer peer,
               std::unique_ptr<TlsStream> tls)
        : fd_(fd),
          slot_(slot),
          generation_(generation),
          peer_(std::move(peer)),
          tls_(std::move(tls)) {}

    void start(Bench& bench);
    // There may be bytes to read: reads, answers and sends until it would block or had its turn.
    bool on_readable(Bench& bench);
    // The peer will send nothing after what can be read now: no later event will tell it again.
    void on_peer_finished() { peer_finished_ = true; }
    bool on_writable(Bench& bench);
    // The answer for a ticket has come; a stale serial changes nothing.
    bool on_completed(Bench& bench, std::uint64_t serial, const Answer& answer);
    // The deadline has passed.
    bool on_expired(Bench& bench);
    // Sends this position's frame unless it was sent before. False: drop the slow reader.
    bool send_event(Bench& bench, Position position, std::string_view frame);
    // Whoever opened this event stream may still read it.
    bool is_let_in(const Bench& bench) const;
    // Unlinks from every list before it dies.
    void leave(Bench& bench);

    // A request is being received or answered.
    bool is_busy() const;
    // It had its turn, but more could be read: call on_readable again soon.
    bool wants_turn() const;
    int fd() const { return fd_; }
    std::uint32_t slot() const { return slot_; }
    std::uint32_t generation() const { return generation_; }
    const Peer& peer() const { return peer_; }
    bool is_events() const { return phase_ == Phase::kEvents; }

    // Of a connection that counts in its network's share of the console.
    struct Place {
        Network network{};
        NetworkCap::Holder holder;
    };
    void take_place(Place place) { place_ = std::move(place); }
    // The request it is busy with is its last one.
    void close_after_answer() { leaving_ = true; }

   private:
    // A request whose body is still coming; owns the bytes that its head points into.
    struct BodyInFlight {
        std::string head_bytes;
        RequestHead head;
        const Route* route = nullptr;
        access::Caller caller;
        std::unique_ptr<BodyDecoder> decoder;
    };
    struct Unsent {
        Output out;
        ServedSitePtr keep;  // owns what `out` refers to
        std::int64_t due_ms = 0;
        std::int64_t taken = 0;  // of the batch, by the peer, when due_ms was set
    };

    bool pump(Bench& bench);
    bool receive(Bench& bench);
    bool receive_tls(Bench& bench);
    bool receive_plain(Bench& bench);
    void refuse_plain_http(Bench& bench);
    void close_gently(Bench& bench);
    SendState send(Bench& bench, Output& out);
    void consume(Bench& bench, std::string_view bytes);
    void process(Bench& bench, std::string_view& bytes);
    bool take_head(Bench& bench, std::string_view& bytes);
    void begin(Bench& bench, const RequestHead& head, std::string_view& bytes);
    void begin_body(Bench& bench, const RequestHead& head, const Admission& admission,
                    std::string_view& bytes);
    bool take_body(Bench& bench, std::string_view& bytes);
    void serve(Bench& bench, const Route& route, const RequestHead& head, access::Caller caller,
               std::string body);
    void refuse(Bench& bench, Reject why);
    bool admit_event_stream(Bench& bench, const Route& route, const Envelope& envelope);
    void become_events(Bench& bench, access::Caller caller);
    bool flush(Bench& bench);
    bool after_flush(Bench& bench);
    std::int64_t bytes_taken() const;
    bool reader_keeps_up(Bench& bench);
    // Idle or not, and until when: called whenever a turn ends.
    void settle(Bench& bench);
    std::int64_t deadline(const Bench& bench) const;
    void enter(const Bench& bench, Phase phase);
    Envelope envelope_for(const Bench& bench, const RequestHead& head) const;
    bool can_take_request() const { return phase_ == Phase::kHead || phase_ == Phase::kBody; }
    bool is_idle() const {
        return (phase_ == Phase::kHead || phase_ == Phase::kHandshake) && input_.empty() &&
               unsent_ == nullptr;
    }

    const int fd_;
    const std::uint32_t slot_;
    const std::uint32_t generation_;
    const Peer peer_;
    const std::unique_ptr<TlsStream> tls_;

    Phase phase_ = Phase::kHead;
    std::int64_t since_ms_ = 0;   // of the phase; of the first byte of a head that is incomplete
    bool fresh_ = true;           // no request yet
    bool keep_alive_ = true;      // after the answers that are already formatted
    bool leaving_ = false;        // the next answer closes
    bool linger_ = false;         // unread input is left: close gently, so the answer arrives
    bool peer_finished_ = false;  // its last byte has arrived, perhaps not been read yet
    bool peer_closed_ = false;    // no more bytes will come; answers may still be taken
    bool more_to_read_ = false;
    bool starved_ = true;       // `input_` holds no complete request
    std::uint64_t serial_ = 0;  // of the request that is waiting
    std::size_t waiting_route_ = 0;
    Envelope waiting_envelope_;
    Position event_position_ = 0;

    std::optional<Place> place_;
    std::string input_;  // received, not yet parsed
    HeadProgress progress_;
    std::unique_ptr<BodyInFlight> body_;
    std::unique_ptr<Unsent> unsent_;
    std::unique_ptr<access::Caller> caller_;  // of an event stream that somebody had to sign in for
};

}  // namespace candor::web
