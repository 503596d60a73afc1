#include "notify/command_run.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <utility>
#include <vector>

namespace candor::notify {
namespace {

std::vector<char*> pointers(const std::vector<std::string>& texts) {
    std::vector<char*> out;
    for (const std::string& text : texts) out.push_back(const_cast<char*>(text.c_str()));
    out.push_back(nullptr);
    return out;
}

// posix_spawn's two sets of settings, freed together.
class SpawnPlan final {
   public:
    explicit SpawnPlan(int input) {
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
        ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
        ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
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

CommandRun::CommandRun(Outgoing outgoing, std::function<void(SendResult)> done)
    : outgoing_(std::move(outgoing)), done_(std::move(done)) {}

CommandRun::~CommandRun() {
    if (pid_ <= 0) return;
    ::kill(-pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    if (pidfd_ >= 0) ::close(pidfd_);
}

// A file in memory: the command reads it at its own pace, and nobody waits for a full pipe.
int CommandRun::input_file() const {
    const std::string& input = std::get<outgoing::Command>(outgoing_.what).input;
    const int file = ::memfd_create("candor-notify", MFD_CLOEXEC);
    if (file < 0) return -1;
    std::size_t done = 0;
    while (done < input.size()) {
        const ssize_t n = ::write(file, input.data() + done, input.size() - done);
        if (n <= 0) {
            ::close(file);
            return -1;
        }
        done += static_cast<std::size_t>(n);
    }
    ::lseek(file, 0, SEEK_SET);
    return file;
}

bool CommandRun::start(std::int64_t now_ms) {
    const auto& command = std::get<outgoing::Command>(outgoing_.what);
    const int input = input_file();
    if (input < 0) {
        finish(SendOutcome::kLater, "cannot hold the command's input");
        return false;
    }
    const SpawnPlan plan(input);
    const char* path = std::getenv("PATH");
    const std::vector<std::string> environment = {
        "PATH=" + std::string(path != nullptr ? path : "/usr/bin:/bin")};
    const std::vector<char*> arguments = pointers(command.argv);
    const std::vector<char*> variables = pointers(environment);
    const int status = ::posix_spawnp(&pid_, command.argv[0].c_str(), &plan.actions,
                                      &plan.attributes, arguments.data(), variables.data());
    ::close(input);
    if (status != 0) {
        pid_ = -1;
        finish(SendOutcome::kLater, std::string("cannot start it: ") + std::strerror(status));
        return false;
    }
    pidfd_ = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
    deadline_ms_ = now_ms + outgoing_.timeout.ms;
    return true;
}

bool CommandRun::finish_if_over(std::int64_t now_ms) {
    int status = 0;
    const pid_t ended = ::waitpid(pid_, &status, WNOHANG);
    if (ended == 0 && now_ms < deadline_ms_) return false;
    if (ended == 0) {
        finish(SendOutcome::kLater,
               "still running after " + std::to_string(outgoing_.timeout.ms) + " ms: killed");
        return true;
    }
    // Children it left behind go with it. The group's number is free only once they are gone.
    ::kill(-pid_, SIGKILL);
    pid_ = -1;
    if (pidfd_ >= 0) ::close(std::exchange(pidfd_, -1));
    if (ended < 0) {
        finish(SendOutcome::kLater, "its end was not seen");
    } else if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
        finish(SendOutcome::kDelivered, "exit 0");
    } else if (WIFEXITED(status)) {
        finish(SendOutcome::kLater, "exit " + std::to_string(WEXITSTATUS(status)));
    } else {
        finish(SendOutcome::kLater, "ended by signal " + std::to_string(WTERMSIG(status)));
    }
    return true;
}

void CommandRun::finish(SendOutcome outcome, std::string detail) {
    done_({outgoing_.number, outcome, {}, std::move(detail)});
}

}  // namespace candor::notify
