#include "probe/child_process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/epoll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <utility>

namespace candor::probe {
namespace {

// How long the end of the process waits for children that were sent SIGKILL.
constexpr int kLastWaitMs = 1000;

// Collects a child that has ended; false when it has not.
bool reap(int pidfd, siginfo_t& info) {
    info = {};
    return ::waitid(P_PIDFD, static_cast<id_t>(pidfd), &info, WEXITED | WNOHANG) != 0 ||
           info.si_pid != 0;
}

std::vector<char*> pointers(const std::vector<std::string>& texts) {
    std::vector<char*> out;
    for (const std::string& text : texts) out.push_back(const_cast<char*>(text.c_str()));
    out.push_back(nullptr);
    return out;
}

// posix_spawn's two sets of settings, freed together.
class SpawnPlan final {
   public:
    explicit SpawnPlan(int output_fd) {
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        ::posix_spawn_file_actions_adddup2(&actions, output_fd, STDOUT_FILENO);
        ::posix_spawn_file_actions_adddup2(&actions, output_fd, STDERR_FILENO);
        ::posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
        ::posix_spawnattr_init(&attributes);
        sigset_t none;
        sigset_t all;
        ::sigemptyset(&none);
        ::sigfillset(&all);
        ::posix_spawnattr_setsigmask(&attributes, &none);
        ::posix_spawnattr_setsigdefault(&attributes, &all);
        ::posix_spawnattr_setpgroup(&attributes, 0);
        ::posix_spawnattr_setflags(
            &attributes, static_cast<short>(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK |
                                            POSIX_SPAWN_SETSIGDEF));
    }
    ~SpawnPlan() {
        ::posix_spawn_file_actions_destroy(&actions);
        ::posix_spawnattr_destroy(&attributes);
    }
    SpawnPlan(const SpawnPlan&) = delete;
    SpawnPlan& operator=(const SpawnPlan&) = delete;

    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
};

}  // namespace

void ChildReaper::adopt(UniqueFd pidfd) {
    siginfo_t info{};
    if (reap(pidfd.get(), info)) return;
    const int fd = pidfd.get();
    pidfds_.push_back(std::move(pidfd));
    // Without a watch the child stays a zombie until the destructor; nothing else depends on it.
    (void)loop_.watch(fd, EPOLLIN, [this, fd](std::uint32_t) {
        siginfo_t end{};
        if (!reap(fd, end)) return;
        loop_.unwatch(fd);
        std::erase_if(pidfds_, [fd](const UniqueFd& owned) { return owned.get() == fd; });
    });
}

ChildReaper::~ChildReaper() {
    for (const UniqueFd& pidfd : pidfds_) {
        loop_.unwatch(pidfd.get());
        pollfd ended{pidfd.get(), POLLIN, 0};
        siginfo_t info{};
        if (::poll(&ended, 1, kLastWaitMs) == 1) reap(pidfd.get(), info);
    }
}

ChildProcess::~ChildProcess() {
    if (!pidfd_.is_open()) return;
    kill_group();
    reaper_.adopt(std::move(pidfd_));
}

std::optional<Trouble> ChildProcess::spawn(const std::vector<std::string>& argv,
                                           const std::vector<std::string>& environment) {
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_CLOEXEC) != 0) {
        return trouble(FailureKind::kCouldNotRun,
                       std::string("opening a pipe: ") + std::strerror(errno));
    }
    output_.reset(ends[0]);
    const UniqueFd write_end(ends[1]);
    ::fcntl(output_.get(), F_SETFL, O_NONBLOCK);
    const SpawnPlan plan(write_end.get());
    const std::vector<char*> arguments = pointers(argv);
    const std::vector<char*> variables = pointers(environment);
    const int status = ::posix_spawnp(&pid_, argv[0].c_str(), &plan.actions, &plan.attributes,
                                      arguments.data(), variables.data());
    if (status != 0) {
        return trouble(FailureKind::kCouldNotRun,
                       "cannot start '" + argv[0] + "': " + std::strerror(status));
    }
    // The child cannot have been collected yet, so its number still means it.
    pidfd_.reset(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)));
    if (pidfd_.is_open()) return std::nullopt;
    const std::string why = std::strerror(errno);
    kill_group();
    ::waitpid(pid_, nullptr, 0);
    return trouble(FailureKind::kCouldNotRun, "cannot follow the command: " + why);
}

ChildEnd ChildProcess::collect() {
    // First kill, then collect: until then the group's number cannot name another group.
    kill_group();
    siginfo_t info{};
    reap(pidfd_.get(), info);
    pidfd_.reset();
    if (info.si_pid == 0) return {};
    return {true, info.si_code != CLD_EXITED, info.si_status};
}

void ChildProcess::kill_group() {
    ::kill(-pid_, SIGKILL);
}

}  // namespace candor::probe
