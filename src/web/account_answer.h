// What the files that answer account calls share: JSON of people, changed records, password
// threads.
//
// Costly to compile (JSON); dispatch.cc needs account_call.h only. Safe from any thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "access/records.h"
#include "access/secret.h"
#include "web/account_call.h"
#include "web/api.h"
#include "web/json_object.h"

namespace candor::web {

inline constexpr std::size_t kMailTextMax = 1024;
inline constexpr std::size_t kCodeBytesMax = 16;

Answer json_answer(int status, const json::object& body);
// 204 without a body.
Answer done_answer();
Answer too_many(std::string_view why, Duration wait);

// Runs `job` on a password thread, or answers 429.
void with_password_thread(const AccountPorts& ports, const AnswerLater& later,
                          std::function<void()> job);

// A hash with fresh salt, of a password that is good enough.
Result<std::string> hash_new_password(const AccountPorts& ports, std::string_view password);

// Submits in the caller's name; `done` builds the answer to success, errors are answered as such.
void submit_account(const AccountPorts& ports, const access::Caller& caller, Command command,
                    const AnswerLater& later, std::function<Answer(const CommandAnswer&)> done);

// A member as access/records.h tidies it.
Result<std::string> tidy_member(const json::object& object, std::string_view name,
                                std::size_t bytes_max);
Result<std::string> mail_member(const json::object& object);

// Of `name`, `mail` and `password`; the record has no hash yet.
struct NewPerson {
    access::PersonRecord record;
    std::string password;
};
Result<NewPerson> parse_new_person(const json::object& object);

// What may be told of a person to those who may know; never a hash or a secret.
json::object person_json(const access::Person& person);
json::value time_json(Timestamp t);  // null for zero

}  // namespace candor::web
