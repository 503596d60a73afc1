#include "web/certificate.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <ctime>

#include "base/ip_address.h"
#include "web/openssl_owned.h"

namespace candor::web {
namespace {

Result<Timestamp> time_of(const ASN1_TIME* time) {
    std::tm broken{};
    if (time == nullptr || ASN1_TIME_to_tm(time, &broken) != 1) {
        return fail(ErrorCode::kInvalid, "its dates cannot be read");
    }
    return Timestamp{std::int64_t{::timegm(&broken)} * 1000};
}

std::string bytes_of(const ASN1_STRING* text) {
    const auto size = static_cast<std::size_t>(ASN1_STRING_length(text));
    return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)), size};
}

std::string address_text(const std::string& bytes) {
    if (bytes.size() == 4) {
        std::uint32_t v4 = 0;
        for (const char c : bytes) v4 = v4 << 8 | static_cast<std::uint8_t>(c);
        return IpAddress::from_v4(v4).text();
    }
    IpAddress address;
    if (bytes.size() != address.bytes.size()) return "";
    bytes.copy(reinterpret_cast<char*>(address.bytes.data()), bytes.size());
    return address.text();
}

std::vector<std::string> names_of(const X509* certificate) {
    std::vector<std::string> names;
    auto* all = static_cast<GENERAL_NAMES*>(
        X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr));
    for (int i = 0; i < sk_GENERAL_NAME_num(all); ++i) {
        int type = 0;
        const void* value = GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(all, i), &type);
        const std::string bytes = type == GEN_DNS || type == GEN_IPADD
                                      ? bytes_of(static_cast<const ASN1_STRING*>(value))
                                      : std::string();
        std::string name = type == GEN_IPADD ? address_text(bytes) : bytes;
        if (!name.empty()) names.push_back(std::move(name));
    }
    GENERAL_NAMES_free(all);
    return names;
}

}  // namespace

Result<Certificate> Certificate::parse(std::string_view pem) {
    if (pem.size() > kPemBytesMax) {
        return fail(ErrorCode::kTooLarge, "it is larger than 256 KiB: is it a PEM file?");
    }
    const Owned<BIO> input(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    Certificate out;
    out.x509_.reset(PEM_read_bio_X509(input.get(), nullptr, &refuse_passphrase, nullptr),
                    &X509_free);
    if (out.x509_ == nullptr) {
        const bool other = pem.find("-----BEGIN CERTIFICATE-----") == std::string_view::npos;
        return fail(ErrorCode::kInvalid,
                    other ? "there is no certificate in PEM in it" : "its certificate is damaged");
    }
    out.not_before_ = TRY(time_of(X509_get0_notBefore(out.get())));
    out.not_after_ = TRY(time_of(X509_get0_notAfter(out.get())));
    out.names_ = names_of(out.get());
    return out;
}

bool Certificate::covers(const std::string& host) const {
    if (host.empty()) return false;
    if (IpAddress::parse(host)) return X509_check_ip_asc(get(), host.c_str(), 0) == 1;
    constexpr unsigned kFlags =
        X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS;
    return X509_check_host(get(), host.data(), host.size(), kFlags, nullptr) == 1;
}

}  // namespace candor::web
