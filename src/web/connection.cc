#include "web/connection.h"

#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <cerrno>
#include <utility>

#include "base/check.h"

namespace candor::web {
namespace {

// A connection that sends without pause yields to the others after this many reads.
constexpr int kReadsPerTurn = 4;
// What a waiting connection may have sent ahead (pipelining) before we stop reading from it.
constexpr std::size_t kInputBytesMax = 128 * 1024;
constexpr std::int64_t kLingerMs = 1000;
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr std::string_view kHeartbeat = ":\n\n";

// The slowest transfer that is still served, either way.
constexpr std::int64_t kSlowestBytesPerSecond = 1024;

constexpr std::int64_t slowest_ms(std::size_t bytes) {
    return static_cast<std::int64_t>(bytes) * 1000 / kSlowestBytesPerSecond;
}

}  // namespace

Envelope Connection::envelope_for(const Bench& bench, const RequestHead& head) const {
    return {.date = bench.date,
            .http11 = head.http11,
            .keep_alive = head.keep_alive && !bench.draining && !leaving_,
            .head_only = head.method == Method::kHead,
            .hsts = peer_.tls && bench.shared.options.hsts};
}

void Connection::start(Bench& bench) {
    enter(bench, tls_ == nullptr ? Phase::kHead : Phase::kHandshake);
    settle(bench);
}

void Connection::enter(const Bench& bench, Phase phase) {
    phase_ = phase;
    since_ms_ = bench.now_ms;
}

void Connection::leave(Bench& bench) {
    if (phase_ == Phase::kEvents) {
        bench.shared.event_streams.fetch_sub(1, std::memory_order_relaxed);
        bench.counters.events.subtract();
    }
    if (place_) bench.shared.console_networks.leave(place_->network, place_->holder);
    if (tls_ != nullptr) tls_->say_goodbye(fd_, bench.tls);
    bench.wheel.cancel(*this);
    IdleList::remove(*this);
    EventsList::remove(*this);
}

bool Connection::is_busy() const {
    return !is_idle() && phase_ != Phase::kEvents;
}

bool Connection::wants_turn() const {
    return more_to_read_ && unsent_ == nullptr && input_.size() <= kInputBytesMax;
}

// --- receiving -------------------------------------------------------------------------------

bool Connection::on_readable(Bench& bench) {
    more_to_read_ = true;
    return pump(bench);
}

bool Connection::pump(Bench& bench) {
    int turns = 0;
    // With an answer unsent, bytes wait in the kernel: that is the back-pressure.
    while (unsent_ == nullptr) {
        if (!input_.empty() && !starved_ && can_take_request()) {
            consume(bench, {});
        } else {
            if (!wants_turn() || turns++ == kReadsPerTurn) break;
            if (!receive(bench)) return false;
        }
        if (!flush(bench)) return false;
    }
    if (peer_closed_ && unsent_ == nullptr && phase_ != Phase::kWaiting) return false;
    settle(bench);
    return true;
}

bool Connection::receive(Bench& bench) {
    // What is dropped need not be decrypted first.
    return tls_ == nullptr || phase_ == Phase::kLingering ? receive_plain(bench)
                                                          : receive_tls(bench);
}

bool Connection::receive_plain(Bench& bench) {
    const ssize_t n = ::recv(fd_, bench.buffer, kReadBytes, 0);
    if (n > 0) {
        // A short read has emptied the socket: the next byte raises a new event (epoll(7)).
        // Not so when the end has arrived already: that is told once, and only read after it all.
        if (static_cast<std::size_t>(n) < kReadBytes && !peer_finished_) more_to_read_ = false;
        consume(bench, {bench.buffer, static_cast<std::size_t>(n)});
        return true;
    }
    if (n < 0 && errno == EINTR) return true;
    if (n < 0 && errno != EAGAIN) return false;
    more_to_read_ = false;
    peer_closed_ = n == 0;
    return true;
}

void Connection::consume(Bench& bench, std::string_view bytes) {
    if (phase_ == Phase::kLingering || phase_ == Phase::kEvents) return;  // read and dropped
    if (input_.empty()) {
        if (phase_ == Phase::kHead) since_ms_ = bench.now_ms;
        process(bench, bytes);
        if (!bytes.empty()) input_.assign(bytes);
    } else {
        input_.append(bytes);
        std::string_view rest = input_;
        process(bench, rest);
        input_.erase(0, input_.size() - rest.size());
    }
    if (phase_ == Phase::kEvents) input_ = {};
}

// Takes as many requests as are complete; leaves what is not in `bytes`.
void Connection::process(Bench& bench, std::string_view& bytes) {
    starved_ = false;
    while (!bytes.empty() && can_take_request() && keep_alive_ && !bench.out.is_full()) {
        const bool progressed =
            phase_ == Phase::kHead ? take_head(bench, bytes) : take_body(bench, bytes);
        if (!progressed) {
            starved_ = true;
            break;
        }
    }
    if (!keep_alive_ && phase_ != Phase::kWaiting) {
        // Nothing after the last answer is a request of ours.
        linger_ |= !bytes.empty() || more_to_read_;
        bytes = {};
    }
}

bool Connection::take_head(Bench& bench, std::string_view& bytes) {
    RequestHead head;
    Reject why = Reject::kBadRequestLine;
    switch (parse_head(bytes, progress_, head, why)) {
        case ParseState::kNeedMore: return false;
        case ParseState::kBad: refuse(bench, why); return false;
        case ParseState::kDone: break;
    }
    fresh_ = false;
    begin(bench, head, bytes);
    since_ms_ = bench.now_ms;
    return true;
}

void Connection::begin(Bench& bench, const RequestHead& head, std::string_view& bytes) {
    Envelope envelope = envelope_for(bench, head);
    if (bench.dispatcher.try_page(head, peer_, envelope, bench.out)) {
        keep_alive_ = envelope.keep_alive;
        bytes.remove_prefix(head.bytes);
        return;
    }
    const Admission admission = bench.dispatcher.admit(head, peer_, bench.now_ms);
    if (admission.route == nullptr) {
        // A refused body is not read: where it ends does not matter when the connection closes.
        if (head.has_body() || head.connect) {
            envelope.keep_alive = false;
            linger_ = true;
        }
        keep_alive_ = envelope.keep_alive;
        bench.dispatcher.answer(admission.label, admission.refusal, envelope, bench.out);
        bytes.remove_prefix(head.bytes);
    } else if (head.has_body()) {
        begin_body(bench, head, admission, bytes);
    } else {
        serve(bench, *admission.route, head, admission.caller, {});
        bytes.remove_prefix(head.bytes);
    }
}

void Connection::begin_body(Bench& bench, const RequestHead& head, const Admission& admission,
                            std::string_view& bytes) {
    const Route& route = *admission.route;
    body_ = std::make_unique<BodyInFlight>();
    body_->head_bytes = bytes.substr(0, head.bytes);
    HeadProgress progress;
    Reject why = Reject::kBadRequestLine;
    CHECK(parse_head(body_->head_bytes, progress, body_->head, why) == ParseState::kDone);
    body_->route = &route;
    body_->caller = admission.caller;
    const std::size_t keep = route.handler == Handler::kPing ? kPingBodyBytesMax : route.body_limit;
    body_->decoder = std::make_unique<BodyDecoder>(
        body_->head, BodyBounds{.limit = route.body_limit, .keep = keep});
    enter(bench, Phase::kBody);
    const bool body_came_along = bytes.size() > head.bytes;
    bytes.remove_prefix(head.bytes);
    if (body_->head.expect_continue && !body_came_along) bench.out.text() += kContinue;
}

bool Connection::take_body(Bench& bench, std::string_view& bytes) {
    switch (body_->decoder->feed(bytes)) {
        case ParseState::kNeedMore: return false;
        case ParseState::kBad: refuse(bench, body_->decoder->reject()); return false;
        case ParseState::kDone: break;
    }
    const std::unique_ptr<BodyInFlight> done = std::exchange(body_, nullptr);
    enter(bench, Phase::kHead);
    serve(bench, *done->route, done->head, std::move(done->caller), done->decoder->take_body());
    return true;
}

// --- answering -------------------------------------------------------------------------------

void Connection::serve(Bench& bench, const Route& route, const RequestHead& head,
                       access::Caller caller, std::string body) {
    Envelope envelope = envelope_for(bench, head);
    if (route.handler == Handler::kEvents) {
        if (!admit_event_stream(bench, route, envelope)) return;
        envelope.keep_alive = false;
    }
    keep_alive_ = envelope.keep_alive;
    // Before the call: the answer may be posted while it runs.
    const Ticket ticket{.slot = slot_, .generation = generation_, .serial = ++serial_};
    Request request{.body = std::move(body), .peer = peer_, .caller = caller};
    const Outcome outcome =
        bench.dispatcher.serve(route, head, std::move(request), envelope, ticket, bench.out);
    if (outcome == Outcome::kEvents) {
        become_events(bench, std::move(caller));
    } else if (outcome == Outcome::kPending) {
        enter(bench, Phase::kWaiting);
        waiting_route_ = route_index(route);
        waiting_envelope_ = envelope;
    }
}

void Connection::refuse(Bench& bench, Reject why) {
    const RejectInfo& info = describe(why);
    bench.counters.rejected[static_cast<std::size_t>(why)].add();
    Answer answer;
    answer.status = info.status;
    answer.body = std::string(info.sentence) + "\n";
    const Envelope envelope{.date = bench.date,
                            .http11 = true,
                            .keep_alive = false,
                            .head_only = false,
                            .hsts = peer_.tls && bench.shared.options.hsts};
    bench.dispatcher.answer(kNoRoute, answer, envelope, bench.out);
    keep_alive_ = false;
    linger_ = true;
    phase_ = Phase::kHead;
    body_.reset();
}

bool Connection::on_completed(Bench& bench, std::uint64_t serial, const Answer& answer) {
    if (phase_ != Phase::kWaiting || serial != serial_) return true;
    enter(bench, Phase::kHead);
    waiting_envelope_.date = bench.date;
    if (bench.draining || leaving_) keep_alive_ = waiting_envelope_.keep_alive = false;
    bench.dispatcher.answer(waiting_route_, answer, waiting_envelope_, bench.out);
    if (!keep_alive_) {
        linger_ |= !input_.empty();
        input_.clear();
    }
    return flush(bench) && pump(bench);
}

bool Connection::flush(Bench& bench) {
    if (bench.out.empty()) return true;
    const SendState state = send(bench, bench.out);
    bench.counters.sent_bytes.add(bench.out.sent());
    if (state == SendState::kBlocked) {
        unsent_ = std::make_unique<Unsent>();
        std::swap(unsent_->out, bench.out);
        unsent_->keep = bench.dispatcher.site();
        unsent_->due_ms = bench.now_ms + bench.shared.options.limits.write.ms;
        unsent_->taken = bytes_taken();
        return true;
    }
    bench.out.clear();
    return state == SendState::kSent && after_flush(bench);
}

// Everything formatted so far is with the kernel.
bool Connection::after_flush(Bench& bench) {
    if (phase_ != Phase::kHead || keep_alive_) return true;
    if (!linger_) return false;
    close_gently(bench);
    return true;
}

bool Connection::on_writable(Bench& bench) {
    if (unsent_ == nullptr) {
        return tls_ == nullptr || tls_->flush(fd_) != SendState::kBroken;
    }
    const std::size_t before = unsent_->out.sent();
    const SendState state = send(bench, unsent_->out);
    bench.counters.sent_bytes.add(unsent_->out.sent() - before);
    if (state == SendState::kBroken) return false;
    if (state == SendState::kBlocked) return true;
    unsent_.reset();
    return after_flush(bench) && pump(bench);
}

// --- deadlines -------------------------------------------------------------------------------

void Connection::settle(Bench& bench) {
    IdleList::remove(*this);
    if (is_idle()) bench.idle.push_back(*this);
    if (place_) bench.shared.console_networks.set_idle(place_->network, place_->holder, is_idle());
    bench.wheel.set(*this, deadline(bench));
}

std::int64_t Connection::deadline(const Bench& bench) const {
    const ServerLimits& limits = bench.shared.options.limits;
    if (unsent_ != nullptr) return unsent_->due_ms;
    switch (phase_) {
        case Phase::kHandshake: return since_ms_ + limits.handshake.ms;
        case Phase::kHead:
            if (fresh_ || !input_.empty()) return since_ms_ + limits.head.ms;
            return bench.now_ms + limits.keep_alive.ms;
        case Phase::kBody:
            return since_ms_ + limits.body.ms +
                   slowest_ms(static_cast<std::size_t>(body_->decoder->received()));
        case Phase::kWaiting: return since_ms_ + limits.answer.ms;
        case Phase::kEvents: return since_ms_ + limits.heartbeat.ms;
        case Phase::kLingering: return since_ms_ + kLingerMs;
    }
    return bench.now_ms;
}

// What the peer has acknowledged of the batch; negative while older answers are under way.
std::int64_t Connection::bytes_taken() const {
    int queued = 0;
    if (::ioctl(fd_, SIOCOUTQ, &queued) != 0) queued = 0;
    const std::size_t waiting = tls_ == nullptr ? 0 : tls_->waiting();
    return static_cast<std::int64_t>(unsent_->out.sent()) - static_cast<std::int64_t>(waiting) -
           queued;
}

// Counted at the peer, not at the kernel's buffer: that may hold megabytes for a slow reader.
bool Connection::reader_keeps_up(Bench& bench) {
    const std::int64_t span_ms = bench.shared.options.limits.write.ms;
    const std::int64_t taken = bytes_taken();
    if (taken - unsent_->taken < span_ms * kSlowestBytesPerSecond / 1000) return false;
    unsent_->taken = taken;
    unsent_->due_ms = bench.now_ms + span_ms;
    settle(bench);
    return true;
}

bool Connection::on_expired(Bench& bench) {
    const auto count = [&](Closed why) {
        bench.counters.closed[static_cast<std::size_t>(why)].add();
    };
    if (unsent_ != nullptr) {
        if (reader_keeps_up(bench)) return true;
        count(Closed::kSlowReader);
        // A reset: the kernel must not keep what this reader does not take.
        const linger at_once{.l_onoff = 1, .l_linger = 0};
        [[maybe_unused]] const int set =
            ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        return false;
    }
    switch (phase_) {
        case Phase::kHandshake: count(Closed::kHandshake); return false;
        case Phase::kHead:
            if (input_.empty()) {
                count(Closed::kIdle);
                return false;
            }
            refuse(bench, Reject::kHeadTimeout);
            break;
        case Phase::kBody: refuse(bench, Reject::kBodyTimeout); break;
        case Phase::kWaiting: {
            count(Closed::kAnswerLate);
            Answer late;
            late.status = 503;
            late.body = "The answer took too long. Please try again.\n";
            late.extra = "Retry-After: 5\r\n";
            keep_alive_ = waiting_envelope_.keep_alive = false;
            return on_completed(bench, serial_, late);
        }
        case Phase::kEvents: return send_event(bench, 0, kHeartbeat);
        case Phase::kLingering: return false;
    }
    input_.clear();
    if (!flush(bench)) return false;
    settle(bench);
    return true;
}

}  // namespace candor::web
