#include "tests/tidy/purity_rules.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <set>

namespace candor::tidy {
namespace {

struct Ban {
    std::string_view name;
    std::string_view why;
};

constexpr std::string_view kClock = "reads a clock: time enters as data";
constexpr std::string_view kRandom = "random: the same inputs must give the same entries";
constexpr std::string_view kEnvironment = "reads the environment";
constexpr std::string_view kFile = "touches files";
constexpr std::string_view kSocket = "touches the network";
constexpr std::string_view kLocale = "depends on the locale";
constexpr std::string_view kThread = "threads: one thread owns the state";
constexpr std::string_view kLibm = "libm differs between machines; only sqrt is exact";

// C functions, compared whole.
constexpr std::array kFunctions = std::to_array<Ban>({
    {"clock", kClock},
    {"clock_gettime", kClock},
    {"gettimeofday", kClock},
    {"time", kClock},
    {"localtime", kClock},
    {"localtime_r", kClock},
    {"gmtime", kClock},
    {"gmtime_r", kClock},
    {"mktime", kClock},
    {"strftime", kClock},
    {"nanosleep", kClock},
    {"timegm", kClock},
    {"rand", kRandom},
    {"srand", kRandom},
    {"random", kRandom},
    {"drand48", kRandom},
    {"getrandom", kRandom},
    {"arc4random", kRandom},
    {"getentropy", kRandom},
    {"RAND_bytes", kRandom},
    {"randombytes_buf", kRandom},
    {"getenv", kEnvironment},
    {"secure_getenv", kEnvironment},
    {"fopen", kFile},
    {"fopen64", kFile},
    {"open", kFile},
    {"open64", kFile},
    {"openat", kFile},
    {"read", kFile},
    {"write", kFile},
    {"fread", kFile},
    {"fwrite", kFile},
    {"stat", kFile},
    {"stat64", kFile},
    {"rename", kFile},
    {"unlink", kFile},
    {"fsync", kFile},
    {"mmap", kFile},
    {"socket", kSocket},
    {"connect", kSocket},
    {"bind", kSocket},
    {"listen", kSocket},
    {"accept", kSocket},
    {"send", kSocket},
    {"recv", kSocket},
    {"getaddrinfo", kSocket},
    {"poll", kSocket},
    {"setlocale", kLocale},
    {"localeconv", kLocale},
    {"newlocale", kLocale},
    {"strtod", kLocale},
    {"printf", kFile},
    {"puts", kFile},
    {"pthread_create", kThread},
    {"pthread_mutex_lock", kThread},
    {"system", kFile},
    {"exp", kLibm},
    {"exp2", kLibm},
    {"log", kLibm},
    {"log2", kLibm},
    {"log10", kLibm},
    {"log1p", kLibm},
    {"expm1", kLibm},
    {"pow", kLibm},
    {"sin", kLibm},
    {"cos", kLibm},
    {"tan", kLibm},
    {"atan2", kLibm},
    {"tgamma", kLibm},
    {"lgamma", kLibm},
    {"erf", kLibm},
    {"cbrt", kLibm},
    {"hypot", kLibm},
});

// C++ names, compared as a prefix.
constexpr std::array kPrefixes = std::to_array<Ban>({
    {"std::chrono::_V2::system_clock::now", kClock},
    {"std::chrono::_V2::steady_clock::now", kClock},
    {"std::random_device", kRandom},
    {"std::basic_ifstream", kFile},
    {"std::basic_ofstream", kFile},
    {"std::basic_fstream", kFile},
    {"std::basic_filebuf", kFile},
    {"std::filesystem", kFile},
    {"std::cout", kFile},
    {"std::cerr", kFile},
    {"std::locale", kLocale},
    {"std::ios_base", kLocale},
    {"std::thread", kThread},
    {"std::this_thread", kThread},
    {"std::condition_variable", kThread},
});

struct ClosePipe {
    void operator()(FILE* pipe) const { pclose(pipe); }
};

// "                 U clock_gettime@GLIBC_2.17" → "clock_gettime"; "" for other lines.
std::string undefined_symbol(std::string_view line) {
    const std::size_t mark = line.find(" U ");
    if (mark == std::string_view::npos) return "";
    std::string_view symbol = line.substr(mark + 3);
    while (!symbol.empty() && symbol.back() == '\n') symbol.remove_suffix(1);
    return std::string(symbol.substr(0, symbol.find('@')));
}

}  // namespace

std::string why_impure(std::string_view symbol) {
    for (const Ban& ban : kFunctions) {
        if (symbol == ban.name) return std::string(ban.why);
    }
    for (const Ban& ban : kPrefixes) {
        if (symbol.starts_with(ban.name)) return std::string(ban.why);
    }
    return "";
}

Result<Findings> impure_symbols(const std::string& nm, const std::string& archive) {
    const std::string command = "'" + nm + "' -C -u '" + archive + "' 2>&1";
    const std::unique_ptr<FILE, ClosePipe> pipe(popen(command.c_str(), "r"));
    if (!pipe) return fail(ErrorCode::kIo, "cannot start " + nm);
    std::set<std::string> symbols;
    std::array<char, 65'536> line{};
    while (fgets(line.data(), static_cast<int>(line.size()), pipe.get()) != nullptr) {
        std::string symbol = undefined_symbol(line.data());
        if (!symbol.empty()) symbols.insert(std::move(symbol));
    }
    if (symbols.empty()) return fail(ErrorCode::kNotFound, "nm found no symbol in " + archive);
    Findings findings;
    for (const std::string& symbol : symbols) {
        const std::string why = why_impure(symbol);
        if (!why.empty()) findings.push_back({archive, 0, symbol + ": " + why});
    }
    return findings;
}

}  // namespace candor::tidy
