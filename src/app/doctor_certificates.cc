// Is each certificate one that readers' browsers will take, today and next month?
#include <fmt/format.h>
#include <sys/stat.h>

#include "app/certificates.h"
#include "app/config_value.h"
#include "app/doctor.h"

namespace candor::app {
namespace {

constexpr Duration kExpiresSoon = days(21);

std::string joined_names(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text.empty() ? "no name at all" : text;
}

void examine_mode(const std::string& key, const std::string& about, Findings& out) {
    struct stat info{};
    if (::stat(key.c_str(), &info) != 0 || (info.st_mode & (S_IRWXO | S_IWGRP)) == 0) return;
    out.push_back({Grade::kWarn, about,
                   fmt::format("{} has mode {:04o}: others on this machine can use the key", key,
                               info.st_mode & 07777U),
                   "chmod 0600 " + key + " (0640 with a group of its own)"});
}

void examine_dates(const web::Certificate& certificate, const std::string& about, Timestamp now,
                   Findings& out) {
    const Timestamp until = certificate.not_after();
    const std::string date = format_rfc3339(until);
    if (until <= now) {
        out.push_back({Grade::kFail, about, "the certificate expired at " + date,
                       "renew it; browsers refuse the page until then"});
    } else if (now < certificate.not_before()) {
        out.push_back({Grade::kFail, about,
                       "the certificate begins only at " + format_rfc3339(certificate.not_before()),
                       "set this machine's clock, or ask for another certificate"});
    } else if (until < now + kExpiresSoon) {
        out.push_back({Grade::kWarn, about,
                       fmt::format("the certificate expires in {} days, at {}",
                                   (until - now).ms / days(1).ms, date),
                       "renew it now; Candor takes the new file by itself"});
    } else {
        out.push_back({Grade::kOk, about, "the certificate is good until " + date, ""});
    }
}

// Only the page has a name that the configuration knows.
void examine_name(const web::Certificate& certificate, const std::string& page_url,
                  const std::string& about, Findings& out) {
    const auto url = parse_http_url(page_url);
    if (!url || certificate.covers(url->host)) return;
    out.push_back({Grade::kWarn, about,
                   fmt::format("the certificate is for {}, not for {} of page.url",
                               joined_names(certificate.names()), url->host),
                   "ask for a certificate that names " + url->host});
}

}  // namespace

Findings examine_certificates(const Config& config, Timestamp now) {
    Findings out;
    for (const web::Listener listener : kListeners) {
        const auto& files = files_of(config.network.tls, listener);
        if (!files) continue;
        const std::string about = "tls." + std::string(name_of(listener));
        const auto context = load_certificate(*files);
        if (!context) {
            out.push_back({Grade::kFail, about, context.error().message,
                           "name a certificate and its own key, both in PEM"});
            continue;
        }
        const web::Certificate& certificate = (*context)->certificate();
        examine_dates(certificate, about, now, out);
        if (listener == web::Listener::kPublic) {
            examine_name(certificate, config.topology.page.url, about, out);
        }
        examine_mode(files->key, about, out);
    }
    return out;
}

}  // namespace candor::app
