// The commands of `candor` (DESIGN §7) and their exit codes; one file per command.
//
// Commands print to standard output what was asked for, and to standard error what went wrong.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace candor::app {

inline constexpr int kExitGood = 0;
inline constexpr int kExitBad = 1;    // the thing checked is bad
inline constexpr int kExitUsage = 2;  // the command line is wrong

struct CheckOptions {
    std::string config = "candor.yaml";
    bool json = false;
};
int run_check(const CheckOptions& options);

struct DoctorOptions {
    std::string config = "candor.yaml";
    bool json = false;
};
int run_doctor(const DoctorOptions& options);

int run_schema();

enum class UserAction : std::uint8_t { kAdd, kChangePassword, kList };
struct UserOptions {
    std::string config = "candor.yaml";
    UserAction action = UserAction::kList;
    std::string name;
    std::string mail;
    std::string role = "admin";
    bool json = false;
};
int run_user(const UserOptions& options);

enum class TokenAction : std::uint8_t { kCreate, kList, kRevoke };
struct TokenOptions {
    std::string config = "candor.yaml";
    TokenAction action = TokenAction::kList;
    std::string label;
    std::vector<std::string> scopes;
    std::string expires;  // RFC 3339; empty: in a year
    std::string id;
    bool json = false;
};
int run_token(const TokenOptions& options);

}  // namespace candor::app
