#include "notify/mail.h"

#include <algorithm>

#include "notify/mime.h"
#include "notify/words.h"
#include "page/html.h"
#include "page/markdown.h"

namespace candor::notify {
namespace {

using page::Html;
using page::html;
using page::operator""_html;

constexpr std::size_t kMailTextMax = 16 * 1024;

std::string domain_of(std::string_view address) {
    return std::string(address.substr(address.rfind('@') + 1));
}

// "Sat, 04 Apr 2026 21:05:00 +0000".
std::string mail_date(Timestamp t) {
    std::string out = format_http_date(t);
    out.replace(out.size() - 3, 3, "+0000");
    return out;
}

// What every mail of Candor says about itself; `thread` may be empty.
std::string headers(const MailOptions& o, std::string_view sender_name, std::string_view subject,
                    std::string_view thread) {
    const std::string domain = domain_of(o.from);
    std::string out = "From: " + mailbox(sender_name, o.from) + "\r\n";
    out += "To: " + mailbox("", o.to) + "\r\n";
    out += unstructured_header("Subject", subject);
    out += "Date: " + mail_date(o.date) + "\r\n";
    out += "Message-ID: <" + o.message_id + "@" + domain + ">\r\n";
    if (!thread.empty()) {
        const std::string root = "<" + std::string(thread) + "@" + domain + ">";
        out += "In-Reply-To: " + root + "\r\nReferences: " + root + "\r\n";
    }
    out += "Auto-Submitted: auto-generated\r\n";
    if (!o.unsubscribe_url.empty()) {
        out += "List-Id: <status." + domain + ">\r\n";
        out += "List-Unsubscribe:\r\n <" + o.unsubscribe_url + ">\r\n";
        out += "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n";
    }
    return out;
}

std::string plain_part(const Message& m, const MailOptions& o) {
    std::string out = headline(m) + "\n\n";
    const std::string text = bounded_text(m.text, kMailTextMax);
    if (!text.empty()) out += text + "\n\n";
    for (const std::string& line : component_lines(m)) out += "- " + line + "\n";
    if (!m.components.empty()) out += "\n";
    for (const std::string& line : fact_lines(m)) out += line + "\n";
    if (!m.answer_url.empty()) out += "\nTake it on: " + m.answer_url + "\n";
    if (const std::string link = link_of(m); !link.empty()) out += "\n" + link + "\n";
    out += "\n-- \n" + o.why + "\n";
    if (!o.manage_url.empty()) out += "Change what you get: " + o.manage_url + "\n";
    if (!o.unsubscribe_url.empty()) out += "Stop these mails: " + o.unsubscribe_url + "\n";
    return out;
}

Html link_html(std::string_view url, std::string_view label) {
    return html("<a href=\""_html, url, "\">"_html, label, "</a>"_html);
}

Html footer_html(const MailOptions& o) {
    Html out = html("<p style=\"color:#555;font-size:13px\">"_html, o.why);
    if (!o.manage_url.empty()) {
        out.add("<br>"_html, link_html(o.manage_url, "Change what you get"));
        out.add(" · "_html, link_html(o.unsubscribe_url, "Stop these mails"));
    }
    return out.add("</p>"_html);
}

std::string html_document(std::string_view title, const Html& body) {
    return html(
               "<!doctype html><html lang=en><head><meta charset=utf-8>"
               "<meta name=viewport content=\"width=device-width\"><title>"_html,
               title,
               "</title></head><body style=\"font:16px/1.5 system-ui,sans-serif;max-width:38em;"
               "margin:1.5em auto;padding:0 1em\">"_html,
               body, "</body></html>"_html)
        .take();
}

std::string html_part(const Message& m, const MailOptions& o) {
    Html body = html("<h1 style=\"font-size:20px\">"_html, headline(m), "</h1>"_html);
    const std::string text = bounded_text(m.text, kMailTextMax);
    if (m.text_origin == Origin::kHuman) {
        body.add(page::render_markdown(text, page::MarkdownForm::kBlocks));
    } else if (!text.empty()) {
        body.add("<p>"_html, text, "</p>"_html);
    }
    if (!m.components.empty()) {
        body.add("<ul>"_html);
        for (const std::string& line : component_lines(m)) {
            body.add("<li>"_html, line, "</li>"_html);
        }
        body.add("</ul>"_html);
    }
    body.add("<p>"_html);
    bool first = true;
    for (const std::string& line : fact_lines(m)) {
        if (!first) body.add("<br>"_html);
        first = false;
        body.add(line);
    }
    body.add("</p>"_html);
    if (!m.answer_url.empty()) {
        body.add("<p>"_html, link_html(m.answer_url, kAnswerLabel), "</p>"_html);
    }
    if (const std::string link = link_of(m); !link.empty()) {
        body.add("<p>"_html, link_html(link, "Read on, and see the newest"), "</p>"_html);
    }
    return html_document(headline(m), body.add(footer_html(o)));
}

}  // namespace

std::string mail_of(const Message& message, const MailOptions& options) {
    const std::string subject = "[" + message.page.name + "] " + headline(message);
    const std::string thread = message.incident.empty() ? "" : "incident-" + message.incident.value;
    return headers(options, message.page.name + " status", subject, thread) +
           multipart_alternative({plain_part(message, options), html_part(message, options)});
}

std::string confirmation_mail_of(const ConfirmationMail& mail, const MailOptions& options) {
    const std::string subject = "Please confirm: news from " + mail.page_name;
    const std::string ask = "Somebody, probably you, asked to get a mail at this address when " +
                            mail.page_name + " has trouble (" + mail.choice + ").";
    const std::string not_me =
        "If it was not you, do nothing: no mail will come. The link works until " + mail.expires +
        ".";
    const std::string text =
        ask + "\n\nYes, send me these mails:\n" + mail.confirm_url + "\n\n" + not_me + "\n";
    const Html body = html("<p>"_html, ask, "</p><p>"_html,
                           link_html(mail.confirm_url, "Yes, send me these mails"), "</p><p>"_html,
                           not_me, "</p>"_html);
    return headers(options, mail.page_name + " status", subject, "") +
           multipart_alternative({text, html_document(subject, body)});
}

bool is_mail_address(std::string_view text) {
    constexpr std::string_view kLocalExtra = "!#$%&'*+-/=?^_`{|}~.";
    const auto alnum = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    const std::size_t at = text.find('@');
    if (text.size() > kMailAddressBytesMax || at == std::string_view::npos) return false;
    const std::string_view local = text.substr(0, at);
    const std::string_view domain = text.substr(at + 1);
    if (local.empty() || local.size() > 64 || domain.empty()) return false;
    if (local.front() == '.' || local.back() == '.' || local.front() == '-') return false;
    if (local.find("..") != std::string_view::npos || domain.find("..") != std::string_view::npos) {
        return false;
    }
    if (domain.front() == '.' || domain.back() == '.' || domain.front() == '-') return false;
    return std::ranges::all_of(
               local,
               [&](char c) { return alnum(c) || kLocalExtra.find(c) != std::string_view::npos; }) &&
           std::ranges::all_of(domain, [&](char c) { return alnum(c) || c == '-' || c == '.'; });
}

}  // namespace candor::notify
