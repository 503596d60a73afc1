#include "web/roster_calls.h"

#include "access/password.h"
#include "access/records.h"
#include "web/account_answer.h"
#include "web/page_of.h"
#include "web/precondition.h"

namespace candor::web {
namespace {

using access::ApiToken;
using access::Person;

constexpr std::size_t kScopesMax = 4;

// A token is never changed, only revoked.
constexpr std::string_view kTokenRevision = "v1";

std::string revision_of(const Person& person) {
    return "v" + std::to_string(person.version);
}

Answer no_such(std::string_view what) {
    return answer_error({ErrorCode::kNotFound, "there is no such " + std::string(what)});
}

// One page of items that are sorted by their id, which is the cursor.
template <class Item, class Describe>
Answer list_answer(const std::vector<Item>& items, std::string_view query, Describe&& describe) {
    const auto page = parse_page(query);
    if (!page) return answer_error(page.error());
    json::array out;
    std::string next;
    for (const Item& item : items) {
        if (item.id.value <= page->cursor) continue;
        if (out.size() == page->limit) {
            next = std::string(out.back().as_object().at("id").as_string());
            break;
        }
        out.push_back(describe(item));
    }
    json::object body = {{"items", std::move(out)}};
    body["next"] = next.empty() ? json::value(nullptr) : json::value(next);
    return json_answer(200, body);
}

json::object token_json(const ApiToken& token) {
    json::array scopes;
    for (const AccessScope scope :
         {AccessScope::kRead, AccessScope::kIntake, AccessScope::kRespond, AccessScope::kAdmin}) {
        if (token.scopes.holds(scope)) scopes.emplace_back(name_of(scope));
    }
    json::object out = {{"id", token.id.value}, {"label", token.record.label}};
    out["owner"] = token.owner.empty() ? json::value(nullptr) : json::value(token.owner.value);
    out["scopes"] = std::move(scopes);
    out["created"] = time_json(token.created);
    out["expires"] = time_json(token.expires);
    return out;
}

Answer person_answer(const AccountPorts& ports, const UserId& id, std::string_view if_none_match) {
    const access::DirectoryPtr known = ports.keeper->directory();
    const Person* person = known->person(id);
    if (person == nullptr) return no_such("user");
    return with_etag(json_answer(200, person_json(*person)), revision_of(*person), if_none_match);
}

// As it was made or changed.
Answer fresh_person(const AccountPorts& ports, const UserId& id, int status) {
    Answer answer = person_answer(ports, id, {});
    if (answer.status == 200) answer.status = status;
    return answer;
}

// --- versions --------------------------------------------------------------------------------

// What is wrong with the If-Match of a change of this person, which must be there; RFC 6585 §3.
std::optional<Answer> refuse_version(std::string_view if_match, const Person& person) {
    if (if_match.empty()) {
        return problem(428, reason_phrase(428),
                       "send If-Match with the ETag of the user as you have read it");
    }
    const auto held = check_revision(parse_if_match(if_match), revision_of(person));
    if (!held) return answer_error(held.error());
    return std::nullopt;
}

// --- users -----------------------------------------------------------------------------------

Result<void> check_mail_is_free(const AccountPorts& ports, std::string_view mail,
                                const UserId& except) {
    const access::DirectoryPtr known = ports.keeper->directory();
    const Person* holder = known->person_by_mail(mail);
    if (holder == nullptr || holder->id == except) return {};
    return fail(ErrorCode::kConflict, "another user has this mail address");
}

Result<Role> role_member(const json::object& object) {
    const std::string name = TRY(text_member(object, "role", 16, true));
    const auto role = role_from(name);
    if (role) return *role;
    return fail(ErrorCode::kInvalid, "#/role: use viewer, responder or admin");
}

void create_user(const AccountPorts& ports, const AccountCall& call, const json::object& object,
                 const AnswerLater& later) {
    const auto role = role_member(object);
    const auto person = parse_new_person(object);
    if (!role) return later(answer_error(role.error()));
    if (!person) return later(answer_error(person.error()));
    const auto free = check_mail_is_free(ports, person->record.mail, {});
    if (!free) return later(answer_error(free.error()));
    with_password_thread(ports, later, [=] {
        access::PersonRecord record = person->record;
        auto hash = hash_new_password(ports, person->password);
        if (!hash) return later(answer_error(hash.error()));
        record.password_hash = std::move(*hash);
        submit_account(ports, call.caller, command::CreateUser{*role, access::pack(record), false},
                       later, [ports](const CommandAnswer& made) {
                           return fresh_person(ports, UserId{made.account}, 201);
                       });
    });
}

Result<command::ChangeUser> parse_change(const AccountPorts& ports, const Person& person,
                                         const json::object& object) {
    command::ChangeUser change{.user = person.id};
    access::PersonRecord record = person.record;
    if (object.contains("role")) change.role = TRY(role_member(object));
    change.enabled = TRY(truth_member(object, "enabled"));
    if (object.contains("name")) {
        record.name = TRY(tidy_member(object, "name", access::kNameBytesMax));
    }
    if (object.contains("mail")) {
        record.mail = TRY(mail_member(object));
        TRY(check_mail_is_free(ports, record.mail, person.id));
    }
    const auto second_factor = TRY(truth_member(object, "second_factor"));
    if (second_factor && *second_factor) {
        return fail(ErrorCode::kInvalid,
                    "#/second_factor: only false; its owner turns it on with their phone");
    }
    if (second_factor) {
        record.totp_secret.clear();
        change.second_factor = false;
    }
    const bool same = access::pack(record) == access::pack(person.record);
    if (!same) change.record = access::pack(record);
    return change;
}

void change_user(const AccountPorts& ports, const AccountCall& call, const Person& person,
                 const AnswerLater& later) {
    const auto object = parse_object(call.body);
    if (!object) return later(answer_error(object.error()));
    const auto known = only_members(*object, {"name", "mail", "role", "enabled", "second_factor"});
    if (!known) return later(answer_error(known.error()));
    auto change = parse_change(ports, person, *object);
    if (!change) return later(answer_error(change.error()));
    change->expected_version = person.version;
    submit_account(
        ports, call.caller, std::move(*change), later,
        [ports, id = person.id](const CommandAnswer&) { return fresh_person(ports, id, 200); });
}

// An admin gives somebody a new password; every session of theirs ends.
void set_password(const AccountPorts& ports, const AccountCall& call, const json::object& object,
                  const AnswerLater& later) {
    const auto password = text_member(object, "password", access::kPasswordBytesMax, true);
    if (!password) return later(answer_error(password.error()));
    with_password_thread(ports, later, [=] {
        const access::DirectoryPtr known = ports.keeper->directory();
        const Person* person = known->person(UserId{call.id});
        if (person == nullptr) return later(no_such("user"));
        const auto held = check_revision(parse_if_match(call.if_match), revision_of(*person));
        if (!held) return later(answer_error(held.error()));
        auto hash = hash_new_password(ports, *password);
        if (!hash) return later(answer_error(hash.error()));
        access::PersonRecord record = person->record;
        record.password_hash = std::move(*hash);
        command::ChangeUser change{.user = person->id};
        change.record = access::pack(record);
        change.new_secret = true;
        change.expected_version = person->version;
        submit_account(ports, call.caller, std::move(change), later,
                       [](const CommandAnswer&) { return done_answer(); });
    });
}

// --- tokens ----------------------------------------------------------------------------------

Result<ScopeSet> scopes_member(const json::object& object) {
    ScopeSet scopes;
    const auto names = TRY(texts_member(object, "scopes", kScopesMax));
    for (const std::string& name : names) {
        scopes = scopes.with(TRY(scope_from(name)));
    }
    if (scopes.empty()) return fail(ErrorCode::kInvalid, "#/scopes: name at least one");
    return scopes;
}

Result<Timestamp> expiry_member(const json::object& object, Timestamp now) {
    const std::string text = TRY(text_member(object, "expires", 64, false));
    if (text.empty()) return now + kTokenLife;
    const auto expires = parse_rfc3339(text);
    if (!expires || *expires <= now || *expires > now + kTokenLifeMax) {
        return fail(ErrorCode::kInvalid,
                    "#/expires: a moment within ten years from now, as 2027-04-04T21:05Z");
    }
    return *expires;
}

// Of the person, or of whoever owns the token that makes another one.
UserId owner_for(const AccountPorts& ports, const access::Caller& caller) {
    if (caller.kind != access::CallerKind::kToken) return caller.user;
    const access::DirectoryPtr known = ports.keeper->directory();
    const ApiToken* token = known->token(caller.token);
    return token == nullptr ? UserId{} : token->owner;
}

Result<command::CreateToken> parse_token(const AccountPorts& ports, const AccountCall& call,
                                         std::string_view secret) {
    const json::object object = TRY(parse_object(call.body));
    TRY(only_members(object, {"label", "scopes", "expires"}));
    access::TokenRecord record;
    record.label = TRY(tidy_member(object, "label", access::kLabelBytesMax));
    record.digest = to_hex(access::digest_of(secret));
    return command::CreateToken{.owner = owner_for(ports, call.caller),
                                .scopes = TRY(scopes_member(object)),
                                .expires = TRY(expiry_member(object, ports.keeper->now().wall)),
                                .record = access::pack(record)};
}

void create_token(const AccountPorts& ports, const AccountCall& call, const AnswerLater& later) {
    const std::string secret = access::new_token(ports.keeper->clock());
    auto command = parse_token(ports, call, secret);
    if (!command) return later(answer_error(command.error()));
    submit_account(ports, call.caller, std::move(*command), later,
                   [ports, secret](const CommandAnswer& made) {
                       const access::DirectoryPtr known = ports.keeper->directory();
                       const ApiToken* token = known->token(TokenId{made.account});
                       json::object body = {{"id", made.account}};
                       if (token != nullptr) body = token_json(*token);
                       body["token"] = secret;
                       return json_answer(201, body);
                   });
}

void answer_about_token(const AccountPorts& ports, const AccountCall& call,
                        const AnswerLater& later) {
    const access::DirectoryPtr known = ports.keeper->directory();
    const ApiToken* token = known->token(TokenId{call.id});
    if (token == nullptr) return later(no_such("token"));
    if (call.handler == Handler::kToken) {
        return later(
            with_etag(json_answer(200, token_json(*token)), kTokenRevision, call.if_none_match));
    }
    const auto held = check_revision(parse_if_match(call.if_match), kTokenRevision);
    if (!held) return later(answer_error(held.error()));
    submit_account(ports, call.caller, command::RevokeToken{token->id}, later,
                   [](const CommandAnswer&) { return done_answer(); });
}

void answer_about_user(const AccountPorts& ports, const AccountCall& call,
                       const AnswerLater& later) {
    const access::DirectoryPtr known = ports.keeper->directory();
    const Person* person = known->person(UserId{call.id});
    if (person == nullptr) return later(no_such("user"));
    if (call.handler == Handler::kUser) {
        return later(person_answer(ports, person->id, call.if_none_match));
    }
    auto refusal = refuse_version(call.if_match, *person);
    if (refusal) return later(*std::move(refusal));
    if (call.handler == Handler::kChangeUser) return change_user(ports, call, *person, later);
    submit_account(ports, call.caller, command::RemoveUser{person->id, person->version}, later,
                   [](const CommandAnswer&) { return done_answer(); });
}

void answer_with_body(const AccountPorts& ports, const AccountCall& call,
                      const AnswerLater& later) {
    const auto object = parse_object(call.body);
    if (!object) return later(answer_error(object.error()));
    const bool creates = call.handler == Handler::kCreateUser;
    const auto known = creates ? only_members(*object, {"name", "mail", "password", "role"})
                               : only_members(*object, {"password"});
    if (!known) return later(answer_error(known.error()));
    if (creates) return create_user(ports, call, *object, later);
    set_password(ports, call, *object, later);
}

}  // namespace

void answer_roster_call(const AccountPorts& ports, AccountCall call, AnswerLater later) {
    const access::DirectoryPtr known = ports.keeper->directory();
    switch (call.handler) {
        case Handler::kUsers: return later(list_answer(known->people(), call.query, person_json));
        case Handler::kTokens: return later(list_answer(known->tokens(), call.query, token_json));
        case Handler::kCreateToken: return create_token(ports, call, later);
        case Handler::kToken:
        case Handler::kRevokeToken: return answer_about_token(ports, call, later);
        case Handler::kCreateUser:
        case Handler::kSetPassword: return answer_with_body(ports, call, later);
        default: return answer_about_user(ports, call, later);
    }
}

}  // namespace candor::web
