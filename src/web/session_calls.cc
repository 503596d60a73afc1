#include "web/session_calls.h"

#include "access/password.h"
#include "access/records.h"
#include "access/session_table.h"
#include "access/totp.h"
#include "web/account_answer.h"
#include "web/gate.h"

namespace candor::web {
namespace {

using access::Person;

struct Credentials {
    std::string mail;  // tidy; "" when it was no address
    std::string password;
    std::string code;
};

Result<std::string> password_member(const json::object& object, std::string_view name) {
    return text_member(object, name, access::kPasswordBytesMax, true);
}

Result<Credentials> parse_credentials(std::string_view body) {
    const json::object object = TRY(parse_object(body));
    TRY(only_members(object, {"mail", "password", "code"}));
    Credentials given;
    // Something that is no address is nobody's: it is refused like any other wrong one.
    given.mail =
        access::tidy_mail(TRY(text_member(object, "mail", kMailTextMax, true))).value_or("");
    given.password = TRY(password_member(object, "password"));
    given.code = TRY(text_member(object, "code", kCodeBytesMax, false));
    return given;
}

Answer not_let_in() {
    return answer_error({ErrorCode::kUnauthorized, "mail address, password or code is wrong"});
}

Answer code_wanted() {
    Answer answer = problem(401, reason_phrase(401), "this account also asks for a code");
    constexpr std::string_view kBlank = "about:blank";
    answer.body.replace(answer.body.find(kBlank), kBlank.size(), "urn:candor:code-wanted");
    return answer;
}

// What GET /api/v1/session tells, and every answer that opens a session.
json::object session_json(const Person& person, std::string_view session) {
    json::array scopes;
    for (const AccessScope scope :
         {AccessScope::kRead, AccessScope::kRespond, AccessScope::kAdmin}) {
        if (scopes_of(person.role).holds(scope)) scopes.emplace_back(name_of(scope));
    }
    return {{"kind", "person"},
            {"user", person_json(person)},
            {"scopes", std::move(scopes)},
            {"csrf_token", access::csrf_token(session)}};
}

// Opens a session for the person as they are now and answers with its cookie.
Answer open_session(const AccountPorts& ports, const UserId& user, const AccountCall& call,
                    int status) {
    const access::DirectoryPtr known = ports.keeper->directory();
    const Person* person = known->person(user);
    if (person == nullptr || !person->enabled) return not_let_in();
    const std::string id = ports.keeper->sign_in(*person, call.session);
    Answer answer = json_answer(status, session_json(*person, id));
    answer.extra = set_cookie_line(id, call.local);
    return answer;
}

// --- signing in ------------------------------------------------------------------------------

// On a password thread. The journal has the last word: it knows which code was used before.
void check_credentials(const AccountPorts& ports, const AccountCall& call, const Credentials& given,
                       const AnswerLater& later) {
    const access::DirectoryPtr known = ports.keeper->directory();
    const Person* person = known->person_by_mail(given.mail);
    const bool exists =
        person != nullptr && person->enabled && !person->record.password_hash.empty();
    const bool right = access::verify_password(
        given.password, exists ? person->record.password_hash : access::nobodys_hash());
    if (!exists || !right) return later(not_let_in());
    std::int64_t step = 0;
    if (!person->record.totp_secret.empty()) {
        if (given.code.empty()) return later(code_wanted());
        const auto matched = access::totp_match(person->record.totp_secret, given.code,
                                                ports.keeper->now().wall, person->last_totp_step);
        if (!matched) return later(not_let_in());
        step = *matched;
    }
    const access::Caller self{.actor = access::actor_of(person->id)};
    submit_account(ports, self, command::SignIn{person->id, person->generation, step}, later,
                   [ports, call, user = person->id, mail = given.mail](const CommandAnswer&) {
                       ports.keeper->throttle().succeeded(mail, call.network);
                       return open_session(ports, user, call, 200);
                   });
}

// Zero when this try may go on.
Duration count_try(const AccountPorts& ports, std::string_view account, const AccountCall& call) {
    return ports.keeper->throttle().admit(account, call.network, ports.keeper->now().steady);
}

Answer throttled(Duration wait) {
    return too_many("too many tries; wait a little, then try again", wait);
}

void sign_in(const AccountPorts& ports, AccountCall call, const AnswerLater& later) {
    auto given = parse_credentials(call.body);
    if (!given) return later(answer_error(given.error()));
    call.body.clear();
    if (const Duration wait = count_try(ports, given->mail, call); wait.ms > 0) {
        return later(throttled(wait));
    }
    with_password_thread(ports, later,
                         [ports, call = std::move(call), given = std::move(*given), later] {
                             check_credentials(ports, call, given, later);
                         });
}

// --- the own account -------------------------------------------------------------------------

Answer describe_caller(const AccountPorts& ports, const AccountCall& call) {
    const access::DirectoryPtr known = ports.keeper->directory();
    if (const Person* person = known->person(call.caller.user)) {
        return json_answer(200, session_json(*person, call.session));
    }
    json::array scopes;
    for (const AccessScope scope :
         {AccessScope::kRead, AccessScope::kIntake, AccessScope::kRespond, AccessScope::kAdmin}) {
        if (call.caller.scopes.holds(scope)) scopes.emplace_back(name_of(scope));
    }
    const bool is_token = call.caller.kind == access::CallerKind::kToken;
    json::object body = {{"kind", is_token ? "token" : "operator"}};
    if (is_token) body["id"] = call.caller.token.value;
    body["scopes"] = std::move(scopes);
    return json_answer(200, body);
}

void sign_out(const AccountPorts& ports, const AccountCall& call, const AnswerLater& later) {
    ports.keeper->sign_out(call.caller);
    submit_account(ports, call.caller, command::SignOut{call.caller.user}, later,
                   [local = call.local](const CommandAnswer&) {
                       Answer answer = done_answer();
                       answer.extra = drop_cookie_line(local);
                       return answer;
                   });
}

using WithPerson = std::function<void(const Person&)>;

// Asks for the password again, counted like a sign-in, and goes on with `next` on a password
// thread: a browser left open must not be enough to take an account over.
void once_confirmed(const AccountPorts& ports, const AccountCall& call, std::string password,
                    const AnswerLater& later, WithPerson next) {
    const access::DirectoryPtr known = ports.keeper->directory();
    const Person* person = known->person(call.caller.user);
    if (person == nullptr) return later(not_let_in());
    const std::string mail = person->record.mail;
    if (const Duration wait = count_try(ports, mail, call); wait.ms > 0) {
        return later(throttled(wait));
    }
    with_password_thread(
        ports, later,
        [ports, known, person, mail, network = call.network, password = std::move(password), later,
         next = std::move(next)] {
            if (!access::verify_password(password, person->record.password_hash)) {
                return later(problem(403, reason_phrase(403), "the present password is wrong"));
            }
            ports.keeper->throttle().succeeded(mail, network);
            next(*person);
        });
}

// Signs in whoever just showed a code, so that the code is used up; then a session as usual.
void use_up_code(const AccountPorts& ports, const AccountCall& call, std::int64_t step,
                 const AnswerLater& later) {
    const access::DirectoryPtr known = ports.keeper->directory();
    const Person* person = known->person(call.caller.user);
    if (person == nullptr) return later(not_let_in());
    submit_account(ports, call.caller, command::SignIn{person->id, person->generation, step}, later,
                   [ports, call, user = person->id](const CommandAnswer&) {
                       return open_session(ports, user, call, 200);
                   });
}

// The changed record; every session ends and this browser gets a new one. `step` is of the code
// that was shown for it, or zero.
void store_secret(const AccountPorts& ports, const AccountCall& call, const Person& person,
                  const access::PersonRecord& record, std::int64_t step, const AnswerLater& later) {
    command::ChangeUser change{.user = person.id};
    change.second_factor = !record.totp_secret.empty();
    change.record = access::pack(record);
    change.new_secret = true;
    change.expected_version = person.version;
    CommandRequest request{
        .what = std::move(change), .actor = call.caller.actor, .idempotency_key = {}};
    ports.commands->submit(std::move(request),
                           [ports, call, step, later](const Result<CommandAnswer>& changed) {
                               if (!changed) return later(answer_error(changed.error()));
                               if (step != 0) return use_up_code(ports, call, step, later);
                               later(open_session(ports, call.caller.user, call, 200));
                           });
}

void change_password(const AccountPorts& ports, const AccountCall& call, const json::object& object,
                     const AnswerLater& later) {
    const auto present = password_member(object, "present");
    const auto wanted = password_member(object, "new");
    if (!present || !wanted) {
        return later(answer_error(present ? wanted.error() : present.error()));
    }
    once_confirmed(ports, call, *present, later, [=](const Person& person) {
        auto hash = hash_new_password(ports, *wanted);
        if (!hash) return later(answer_error(hash.error()));
        access::PersonRecord record = person.record;
        record.password_hash = std::move(*hash);
        store_secret(ports, call, person, record, 0, later);
    });
}

// --- the second factor -----------------------------------------------------------------------

void begin_totp(const AccountPorts& ports, const AccountCall& call, const AnswerLater& later) {
    const access::DirectoryPtr known = ports.keeper->directory();
    const Person* person = known->person(call.caller.user);
    if (person == nullptr) return later(not_let_in());
    const std::string secret =
        access::random_bytes32(ports.keeper->clock()).substr(0, access::kTotpSecretBytes);
    later(json_answer(200, {{"secret", access::base32(secret)},
                            {"uri", access::totp_uri(secret, "Candor", person->record.mail)}}));
}

// The phone shows codes of this secret, so it is theirs from now on.
void confirm_totp(const AccountPorts& ports, const AccountCall& call, const json::object& object,
                  const AnswerLater& later) {
    const auto password = password_member(object, "password");
    const auto written = text_member(object, "secret", 64, true);
    const auto code = text_member(object, "code", kCodeBytesMax, true);
    if (!password) return later(answer_error(password.error()));
    if (!written) return later(answer_error(written.error()));
    if (!code) return later(answer_error(code.error()));
    const auto secret = access::base32_decoded(*written);
    if (!secret || secret->size() != access::kTotpSecretBytes) {
        return later(answer_error(
            {ErrorCode::kInvalid, "#/secret: send it as POST /api/v1/session/totp has told it"}));
    }
    once_confirmed(ports, call, *password, later, [=](const Person& person) {
        const auto step = access::totp_match(*secret, *code, ports.keeper->now().wall, 0);
        if (!step) {
            return later(answer_error(
                {ErrorCode::kInvalid, "#/code: not the code of now; is the phone's clock right?"}));
        }
        access::PersonRecord record = person.record;
        record.totp_secret = *secret;
        store_secret(ports, call, person, record, *step, later);
    });
}

void remove_totp(const AccountPorts& ports, const AccountCall& call, const json::object& object,
                 const AnswerLater& later) {
    const auto password = password_member(object, "password");
    if (!password) return later(answer_error(password.error()));
    once_confirmed(ports, call, *password, later, [=](const Person& person) {
        access::PersonRecord record = person.record;
        record.totp_secret.clear();
        store_secret(ports, call, person, record, 0, later);
    });
}

// --- the first admin -------------------------------------------------------------------------

void set_up(const AccountPorts& ports, const AccountCall& call, const json::object& object,
            const AnswerLater& later) {
    const auto key = text_member(object, "key", access::kPresentedBytesMax, true);
    const auto person = parse_new_person(object);
    if (!key) return later(answer_error(key.error()));
    if (!person) return later(answer_error(person.error()));
    if (const Duration wait = count_try(ports, "setup", call); wait.ms > 0) {
        return later(throttled(wait));
    }
    with_password_thread(ports, later, [=] {
        access::PersonRecord record = person->record;
        auto hash = hash_new_password(ports, person->password);
        if (!hash) return later(answer_error(hash.error()));
        if (!ports.keeper->take_setup_key(*key)) {
            return later(answer_error({ErrorCode::kUnauthorized,
                                       "the setup link is used up or older than 30 minutes; "
                                       "restart Candor for a new one, or run candor user add"}));
        }
        record.password_hash = std::move(*hash);
        const access::Caller setup{.actor = ActorId{"setup"}};
        submit_account(ports, setup, command::CreateUser{Role::kAdmin, access::pack(record), true},
                       later, [=](const CommandAnswer& made) {
                           return open_session(ports, UserId{made.account}, call, 201);
                       });
    });
}

Result<json::object> parse_for(Handler handler, std::string_view body) {
    json::object object = TRY(parse_object(body));
    switch (handler) {
        case Handler::kChangePassword: TRY(only_members(object, {"present", "new"})); break;
        case Handler::kTotpConfirm:
            TRY(only_members(object, {"secret", "code", "password"}));
            break;
        case Handler::kTotpRemove: TRY(only_members(object, {"password"})); break;
        case Handler::kSetUp: TRY(only_members(object, {"key", "name", "mail", "password"})); break;
        default: TRY(only_members(object, {})); break;
    }
    return object;
}

void answer_own_call(const AccountPorts& ports, const AccountCall& call, const AnswerLater& later) {
    const auto object = parse_for(call.handler, call.body);
    if (!object) return later(answer_error(object.error()));
    if (call.handler == Handler::kSetUp) return set_up(ports, call, *object, later);
    if (call.caller.kind != access::CallerKind::kPerson) {
        return later(problem(403, reason_phrase(403),
                             "this belongs to people who have signed in, not to tokens"));
    }
    switch (call.handler) {
        case Handler::kSignOut: return sign_out(ports, call, later);
        case Handler::kChangePassword: return change_password(ports, call, *object, later);
        case Handler::kTotpBegin: return begin_totp(ports, call, later);
        case Handler::kTotpConfirm: return confirm_totp(ports, call, *object, later);
        default: return remove_totp(ports, call, *object, later);
    }
}

}  // namespace

void answer_session_call(const AccountPorts& ports, AccountCall call, AnswerLater later) {
    switch (call.handler) {
        case Handler::kSignIn: return sign_in(ports, std::move(call), later);
        case Handler::kSession: return later(describe_caller(ports, call));
        default: return answer_own_call(ports, call, later);
    }
}

}  // namespace candor::web
