#include "probe/command_probe.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <utility>

namespace candor::probe {
namespace {

constexpr std::size_t kReadBytes = 4096;
// Reads per turn of the loop, so that a command that prints without end delays nobody.
constexpr int kReadsPerTurn = 16;

std::string variable(const char* name, const char* otherwise) {
    const char* value = ::getenv(name);
    return std::string(name) + "=" + (value != nullptr ? value : otherwise);
}

}  // namespace

std::vector<std::string> command_environment() {
    return {variable("PATH", "/usr/local/bin:/usr/bin:/bin"), variable("HOME", "/"),
            variable("LANG", "C.UTF-8")};
}

CommandProbe::CommandProbe(ProbeContext& context, const CommandTarget& target, ProbeRun run)
    : context_(context), target_(target), run_(std::move(run)), child_(context.reaper) {}

CommandProbe::~CommandProbe() {
    stop_watching();
}

void CommandProbe::start() {
    if (target_.argv.empty()) return finish(trouble(FailureKind::kCouldNotRun, "argv is empty"));
    std::vector<std::string> environment = context_.command_environment;
    environment.push_back("CANDOR_CHECK_ID=" + run_.spec->rule.id.value);
    if (auto why = child_.spawn(target_.argv, environment)) return finish(std::move(why));
    const auto output =
        context_.loop.watch(child_.output_fd(), EPOLLIN, [this](std::uint32_t) { on_output(); });
    const auto ended =
        context_.loop.watch(child_.pidfd(), EPOLLIN, [this](std::uint32_t) { on_ended(); });
    if (!output || !ended) {
        finish(trouble(FailureKind::kCouldNotRun, (output ? ended : output).error().message));
    }
}

void CommandProbe::on_output() {
    std::array<char, kReadBytes> bytes;
    for (int i = 0; i < kReadsPerTurn; ++i) {
        const ssize_t n = ::read(child_.output_fd(), bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0 && errno == EAGAIN) return;
        if (n <= 0) return context_.loop.unwatch(child_.output_fd());
        tail_.append(bytes.data(), static_cast<std::size_t>(n));
        if (tail_.size() > kReadBytes) tail_.erase(0, tail_.size() - kReadBytes);
    }
}

void CommandProbe::on_ended() {
    on_output();      // what it printed last
    stop_watching();  // collect() closes the descriptor, and its number may come back at once
    const ChildEnd end = child_.collect();
    if (!end.known) {
        return finish(
            trouble(FailureKind::kCouldNotRun, "how the command ended was not to be learnt"));
    }
    if (end.by_signal) {
        return finish(Trouble{Evidence{FailureKind::kKilled, end.code, 0},
                              "stopped by signal " + std::to_string(end.code)});
    }
    if (end.code == 0) return finish(std::nullopt);
    finish(Trouble{Evidence{FailureKind::kExitCode, end.code, 0},
                   "ended with exit code " + std::to_string(end.code)});
}

void CommandProbe::on_deadline() {
    finish(timed_out(*run_.spec, "the command"));
}

void CommandProbe::finish(std::optional<Trouble> why) {
    stop_watching();
    const Timing timing{.total_us = steady_now_us() - run_.started_us};
    Observation observation =
        why ? failed(*run_.spec, timing, std::move(*why)) : passed(*run_.spec, timing);
    const std::string said = clean_detail_tail(tail_);
    if (!said.empty()) observation.detail = said;
    run_.done(std::move(observation));
}

void CommandProbe::stop_watching() {
    context_.loop.unwatch(child_.output_fd());
    context_.loop.unwatch(child_.pidfd());
}

}  // namespace candor::probe
