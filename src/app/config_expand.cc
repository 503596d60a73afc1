#include "app/config_expand.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace candor::app {

namespace {

bool is_variable_name(std::string_view name) {
    const auto good = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               c == '_';
    };
    return !name.empty() && !(name[0] >= '0' && name[0] <= '9') &&
           std::all_of(name.begin(), name.end(), good);
}

std::expected<std::string, Complaint> read_reference(const std::string& name,
                                                     const ExpandSources& sources) {
    if (name.starts_with("file:")) {
        const std::string path = name.substr(5);
        if (path.empty()) {
            return std::unexpected(
                Complaint{"`${file:}` names no file", "write it like ${file:/run/secrets/token}"});
        }
        Result<std::string> text = sources.file(path, kExpandedBytesMax);
        if (!text) {
            return std::unexpected(Complaint{"`${" + name + "}`: " + text.error().message,
                                             "the file must exist, be readable by this user and "
                                             "hold at most 64 KiB"});
        }
        if (text->ends_with('\n')) text->pop_back();
        if (text->ends_with('\r')) text->pop_back();
        return *std::move(text);
    }
    if (!is_variable_name(name)) {
        return std::unexpected(Complaint{"`${" + name + "}` is not a variable or a file",
                                         "write ${NAME}, ${file:/path}, or $$ for a dollar sign"});
    }
    std::optional<std::string> value = sources.environment(name);
    if (!value) {
        return std::unexpected(Complaint{"the environment variable " + name + " is not set",
                                         "set it before starting Candor, or write $$ for a dollar "
                                         "sign"});
    }
    return *std::move(value);
}

}  // namespace

bool has_expansion(std::string_view text) {
    return text.find('$') != std::string_view::npos;
}

std::expected<std::string, Complaint> expand(std::string_view text, const ExpandSources& sources) {
    std::string out;
    while (!text.empty()) {
        const std::size_t dollar = text.find('$');
        out += text.substr(0, dollar);
        if (dollar == std::string_view::npos) break;
        text.remove_prefix(dollar + 1);
        if (text.starts_with('$')) {
            out += '$';
            text.remove_prefix(1);
        } else if (text.starts_with('{')) {
            const std::size_t end = text.find('}');
            if (end == std::string_view::npos) {
                return std::unexpected(Complaint{"`${` is never closed",
                                                 "add the `}`, or write $$ for a dollar sign"});
            }
            auto value = read_reference(std::string(text.substr(1, end - 1)), sources);
            if (!value) return value;
            out += *value;
            text.remove_prefix(end + 1);
        } else {
            out += '$';
        }
        if (out.size() > kExpandedBytesMax) break;
    }
    if (out.size() > kExpandedBytesMax) {
        return std::unexpected(
            Complaint{"the value is larger than 64 KiB", "no field of Candor is that long"});
    }
    return out;
}

Result<std::string> read_bounded_file(const std::string& path, std::size_t bytes_max) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) return fail(ErrorCode::kNotFound, "cannot open: " + std::string(strerror(errno)));
    struct stat info{};
    const bool regular = ::fstat(fd, &info) == 0 && S_ISREG(info.st_mode);
    std::string text;
    int failure = 0;
    while (regular && text.size() <= bytes_max) {
        char buffer[16 * 1024];
        const ssize_t n = ::read(fd, buffer, sizeof buffer);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) failure = errno;
        if (n <= 0) break;
        text.append(buffer, static_cast<std::size_t>(n));
    }
    ::close(fd);
    if (!regular) return fail(ErrorCode::kInvalid, "not a regular file");
    if (failure != 0) {
        return fail(ErrorCode::kIo, "cannot read: " + std::string(strerror(failure)));
    }
    if (text.size() > bytes_max) return fail(ErrorCode::kTooLarge, "the file is too large");
    return text;
}

ExpandSources ExpandSources::of_this_process() {
    return {[](const std::string& name) -> std::optional<std::string> {
                const char* value = std::getenv(name.c_str());
                if (value == nullptr) return std::nullopt;
                return std::string(value);
            },
            read_bounded_file};
}

}  // namespace candor::app
