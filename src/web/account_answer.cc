#include "web/account_answer.h"

#include <algorithm>

#include "access/password.h"

namespace candor::web {

Answer json_answer(int status, const json::object& body) {
    Answer answer;
    answer.status = status;
    answer.content_type = "application/json; charset=utf-8";
    answer.body = json::serialize(body) + "\n";
    return answer;
}

Answer done_answer() {
    Answer answer;
    answer.status = 204;
    return answer;
}

Answer too_many(std::string_view why, Duration wait) {
    Answer answer = problem(429, reason_phrase(429), why);
    answer.extra = "Retry-After: " + std::to_string((wait.ms + 999) / 1000) + "\r\n";
    return answer;
}

void with_password_thread(const AccountPorts& ports, const AnswerLater& later,
                          std::function<void()> job) {
    if (ports.keeper->workers().submit(std::move(job))) return;
    later(too_many("many people are signing in right now; try again in a moment", seconds(2)));
}

Result<std::string> hash_new_password(const AccountPorts& ports, std::string_view password) {
    TRY(access::check_new_password(password));
    const std::string random = access::random_bytes32(ports.keeper->clock());
    access::Salt salt{};
    std::ranges::transform(std::string_view(random).substr(0, salt.size()), salt.begin(),
                           [](char c) { return static_cast<std::uint8_t>(c); });
    return access::hash_password(password, salt);
}

void submit_account(const AccountPorts& ports, const access::Caller& caller, Command command,
                    const AnswerLater& later, std::function<Answer(const CommandAnswer&)> done) {
    CommandRequest request{
        .what = std::move(command), .actor = caller.actor, .idempotency_key = {}};
    ports.commands->submit(std::move(request),
                           [later, done = std::move(done)](Result<CommandAnswer> result) {
                               later(result ? done(*result) : answer_error(result.error()));
                           });
}

Result<std::string> tidy_member(const json::object& object, std::string_view name,
                                std::size_t bytes_max) {
    const std::string words = TRY(text_member(object, name, kMailTextMax, true));
    return access::tidy_words(words, name, bytes_max);
}

Result<std::string> mail_member(const json::object& object) {
    const std::string mail = TRY(text_member(object, "mail", kMailTextMax, true));
    return access::tidy_mail(mail);
}

Result<NewPerson> parse_new_person(const json::object& object) {
    NewPerson person;
    person.record.name = TRY(tidy_member(object, "name", access::kNameBytesMax));
    person.record.mail = TRY(mail_member(object));
    person.password = TRY(text_member(object, "password", access::kPasswordBytesMax, true));
    return person;
}

json::value time_json(Timestamp t) {
    if (t.ms == 0) return nullptr;
    return json::value(format_rfc3339(t));
}

json::object person_json(const access::Person& person) {
    return {{"id", person.id.value},
            {"name", person.record.name},
            {"mail", person.record.mail},
            {"role", name_of(person.role)},
            {"enabled", person.enabled},
            {"second_factor", !person.record.totp_secret.empty()},
            {"created", time_json(person.created)},
            {"last_signed_in", time_json(person.last_signed_in)}};
}

}  // namespace candor::web
