// What the machine gives us: ports, a folder, programs, ICMP sockets, descriptors, the time.
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <optional>

#include "app/config_value.h"
#include "app/descriptor.h"
#include "app/doctor.h"
#include "app/instance.h"
#include "web/server.h"

namespace candor::app {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kMebibyte = std::int64_t{1024} * 1024;
// Twice the ballast that keeps human posts possible on a full disk (store/ballast.h).
constexpr std::int64_t kFreeBytesMin = 128 * kMebibyte;
constexpr std::int64_t kFreeBytesGood = 1024 * kMebibyte;
// The connections of web::ServerLimits and what stores, probes and listeners need beside them.
constexpr rlim_t kDescriptorsGood = 16'000 + 1024;
constexpr rlim_t kDescriptorsMin = 1024;
// No release of Candor is older: a clock before it was never set.
constexpr std::int64_t kEarliestNow = 1'767'225'600;  // 2026-01-01
constexpr Duration kClockSlack = minutes(1);

std::string because(int error) {
    return std::string(": ") + std::strerror(error);
}

Finding listener_finding(const std::string& about, const ListenAddress& at, bool running) {
    const std::string shown = format_address(at);
    const auto free = web::can_listen({.host = at.host, .port = at.port});
    if (free) {
        if (at.port == 0) return {Grade::kOk, about, shown + ": the system chooses a port", ""};
        return {Grade::kOk, about, shown + " is free", ""};
    }
    if (running) {
        return {Grade::kOk, about, shown + " is in use by the Candor that runs here", ""};
    }
    const std::string& message = free.error().message;
    const std::size_t cut = message.rfind("; ");
    return {Grade::kFail, about, message.substr(0, cut),
            cut == std::string::npos ? "choose another address" : message.substr(cut + 2)};
}

// The folder, or the nearest one above it that exists.
fs::path existing_part(const fs::path& folder) {
    std::error_code error;
    fs::path part = fs::absolute(folder, error);
    while (!fs::exists(part, error) && part.has_relative_path()) part = part.parent_path();
    return part;
}

// Writes, syncs and removes one file: what a store does all day.
Result<void> try_writing(const std::string& folder) {
    std::string path = folder + "/.doctor.XXXXXX";
    const Descriptor file(::mkostemp(path.data(), O_CLOEXEC));
    if (!file.valid()) {
        return fail(ErrorCode::kIo, "cannot write into " + folder + because(errno));
    }
    const bool good = ::write(file.get(), "x", 1) == 1 && ::fsync(file.get()) == 0;
    const int error = errno;
    ::unlink(path.c_str());
    if (!good) return fail(ErrorCode::kIo, "cannot write into " + folder + because(error));
    return {};
}

Finding free_space(const std::string& existing) {
    struct statvfs disk{};
    if (::statvfs(existing.c_str(), &disk) != 0) {
        return {Grade::kWarn, "storage", "cannot tell how much space is free" + because(errno),
                "look with df"};
    }
    const auto free =
        static_cast<std::int64_t>(disk.f_bavail) * static_cast<std::int64_t>(disk.f_frsize);
    const std::string shown = fmt::format("{} MiB free", free / kMebibyte);
    if (free < kFreeBytesMin) {
        return {Grade::kFail, "storage", shown + ": too little to keep a reserve for human posts",
                "free at least 128 MiB, or move storage.url"};
    }
    if (free < kFreeBytesGood) {
        return {Grade::kWarn, "storage", shown, "give it 1 GiB: history only grows"};
    }
    return {Grade::kOk, "storage", shown, ""};
}

// What stands in the folder already must be ours to use.
void examine_files(const std::string& folder, Findings& out) {
    for (const char* name : {"journal.db", "series.db"}) {
        const std::string path = folder + "/" + name;
        const Descriptor file(::open(path.c_str(), O_RDWR | O_CLOEXEC));
        if (file.valid() || errno == ENOENT) continue;
        out.push_back({Grade::kFail, "storage", "cannot open " + path + because(errno),
                       "give it to the user that runs candor: chown"});
    }
    for (const char* name : {kInstanceSecretFile, kOperatorTokenFile}) {
        const auto secret = read_secret_file(folder + "/" + name);
        if (secret || secret.error().code == ErrorCode::kNotFound) continue;
        out.push_back({Grade::kFail, "storage", secret.error().message,
                       "it must be a file of mode 0600 of the user that runs candor"});
    }
}

// Whoever may write here can put another journal in place of ours, and read the operator's token.
std::optional<Finding> who_may_write(const std::string& folder) {
    struct stat info{};
    if (::stat(folder.c_str(), &info) != 0 || (info.st_mode & (S_IWGRP | S_IWOTH)) == 0) return {};
    return Finding{Grade::kWarn, "storage",
                   fmt::format("{} has mode {:04o}: others than its user can write there", folder,
                               info.st_mode & 07777),
                   "chmod 700 " + folder};
}

bool is_program(const std::string& path) {
    struct stat info{};
    return ::stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode) &&
           ::access(path.c_str(), X_OK) == 0;
}

// As posix_spawnp(3) finds it: a slash names a file, anything else is looked up on PATH.
bool can_run(const std::string& program) {
    if (program.find('/') != std::string::npos) return is_program(program);
    const char* variable = ::getenv("PATH");
    const std::string path = variable != nullptr ? variable : "/bin:/usr/bin";
    for (std::size_t start = 0; start <= path.size();) {
        const std::size_t end = std::min(path.find(':', start), path.size());
        const std::string folder = path.substr(start, end - start);
        if (is_program((folder.empty() ? "." : folder) + "/" + program)) return true;
        start = end + 1;
    }
    return false;
}

bool can_open_icmp(int family) {
    const int protocol =
        family == AF_INET6 ? static_cast<int>(IPPROTO_ICMPV6) : static_cast<int>(IPPROTO_ICMP);
    const Descriptor socket(::socket(family, SOCK_DGRAM | SOCK_CLOEXEC, protocol));
    return socket.valid();
}

}  // namespace

bool is_running(const Config& config) {
    const std::string path = config.storage.folder + "/journal.lock";
    const Descriptor lock(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    return lock.valid() && ::flock(lock.get(), LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

Findings examine_listeners(const Config& config) {
    const bool running = is_running(config);
    return {listener_finding("listen.public", config.listen.public_pages, running),
            listener_finding("listen.intake", config.listen.intake, running),
            listener_finding("listen.console", config.listen.console, running)};
}

Findings examine_storage(const Config& config) {
    const std::string& folder = config.storage.folder;
    const fs::path existing = existing_part(folder);
    std::error_code error;
    Findings out;
    if (!fs::is_directory(existing, error)) {
        return {{Grade::kFail, "storage", existing.string() + " is not a folder",
                 "choose another storage.url"}};
    }
    const bool made = fs::is_directory(folder, error);
    if (const auto written = try_writing(existing.string()); !written) {
        return {{Grade::kFail, "storage", written.error().message,
                 "give it to the user that runs candor (chown), mount it writable, or choose "
                 "another storage.url"}};
    }
    out.push_back(
        {Grade::kOk, "storage",
         made ? folder + " can be written" : folder + " does not exist yet and can be made", ""});
    if (made) {
        examine_files(folder, out);
        if (auto loose = who_may_write(folder)) out.push_back(std::move(*loose));
    }
    out.push_back(free_space(existing.string()));
    return out;
}

Findings examine_commands(const Config& config) {
    Findings out;
    std::size_t good = 0;
    for (const CheckSpec& spec : config.checks) {
        const auto* command = std::get_if<CommandTarget>(&spec.target);
        if (command == nullptr || command->argv.empty()) continue;
        if (can_run(command->argv[0])) {
            ++good;
            continue;
        }
        out.push_back(
            {Grade::kFail, "commands",
             fmt::format("check `{}` cannot run {}", spec.rule.id.value, command->argv[0]),
             "make it exist and executable (chmod +x) for the user that runs candor; "
             "relative paths start at its working directory"});
    }
    if (good > 0) {
        out.push_back({Grade::kOk, "commands", fmt::format("{} can be run", good), ""});
    }
    return out;
}

Findings examine_pings(const Config& config) {
    bool v4 = false;
    bool v6 = false;
    for (const CheckSpec& spec : config.checks) {
        const auto* target = std::get_if<PingTarget>(&spec.target);
        if (target == nullptr) continue;
        (target->host.find(':') != std::string::npos ? v6 : v4) = true;
    }
    if (!v4 && !v6) return {};
    if ((!v4 || can_open_icmp(AF_INET)) && (!v6 || can_open_icmp(AF_INET6))) {
        return {{Grade::kOk, "ping", "this system lets us send pings", ""}};
    }
    return {{Grade::kFail, "ping", "this system does not let us send pings" + because(errno),
             "sysctl -w net.ipv4.ping_group_range=\"0 2147483647\", and the same line in "
             "/etc/sysctl.d to keep it"}};
}

Findings examine_descriptors() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return {};
    if (limit.rlim_max >= kDescriptorsGood) {
        return {{Grade::kOk, "descriptors", "the limit of open files is high enough", ""}};
    }
    const std::string message = fmt::format(
        "only {} open files are allowed; {} serve every connection that Candor would take",
        limit.rlim_max, kDescriptorsGood);
    return {{limit.rlim_max < kDescriptorsMin ? Grade::kFail : Grade::kWarn, "descriptors", message,
             "LimitNOFILE=65536 in the unit, or ulimit -Hn 65536"}};
}

Findings examine_clock(const Config& config) {
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    const std::string shown = format_rfc3339(Timestamp{std::int64_t{now.tv_sec} * 1000});
    if (now.tv_sec < kEarliestNow) {
        return {
            {Grade::kFail, "clock", "the clock says " + shown, "set it: timedatectl set-ntp 1"}};
    }
    struct stat info{};
    const std::string journal = config.storage.folder + "/journal.db";
    if (::stat(journal.c_str(), &info) == 0 &&
        info.st_mtim.tv_sec > now.tv_sec + kClockSlack.ms / 1000) {
        return {{Grade::kFail, "clock",
                 "the clock says " + shown + ", before the last write of " + journal,
                 "the clock went back: set it before you start candor"}};
    }
    timex state{};
    const int synchronised = ::adjtimex(&state);
    if (synchronised < 0 || synchronised == TIME_ERROR || (state.status & STA_UNSYNC) != 0) {
        return {{Grade::kWarn, "clock", "nothing tells that the clock is kept right",
                 "run an NTP client; times on the page are only as right as this clock"}};
    }
    return {{Grade::kOk, "clock", "kept right by this machine, " + shown, ""}};
}

}  // namespace candor::app
