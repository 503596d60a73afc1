#include "app/certificates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "app/doctor.h"
#include "tests/http/live_web.h"
#include "tests/http/test_certificate.h"

namespace candor::app {
namespace {

namespace fs = std::filesystem;
using test::CertificateWish;
using test::make_certificate;
using test::PemPair;
using ::testing::HasSubstr;

const Timestamp kNow = Timestamp{std::int64_t{::time(nullptr)} * 1000};

// A folder with tls.crt and tls.key, and a configuration that names them for the page.
class CertificateFolder : public ::testing::Test {
   protected:
    CertificateFolder() {
        std::string pattern = "/tmp/candor-certificates-XXXXXX";
        folder_ = ::mkdtemp(pattern.data());
        config_.topology.page.url = "https://localhost";
        config_.network.tls.public_pages = {folder_ / "tls.crt", folder_ / "tls.key", 1, 1};
    }
    ~CertificateFolder() override { fs::remove_all(folder_); }

    void save(const PemPair& pem) {
        std::ofstream(folder_ / "tls.crt") << pem.certificate;
        std::ofstream(folder_ / "tls.key") << pem.key;
        ::chmod((folder_ / "tls.key").c_str(), 0600);
    }
    // The findings as "grade message" lines.
    std::string found() const {
        std::string out;
        for (const Finding& one : examine_certificates(config_, kNow)) {
            out += std::string(name_of(one.grade)) + ' ' + one.message + '\n';
        }
        return out;
    }

    fs::path folder_;
    Config config_;
};

TEST_F(CertificateFolder, a_good_one_is_good) {
    save(make_certificate());
    const std::string text = found();
    EXPECT_TRUE(text.starts_with("ok the certificate is good until ")) << text;
    EXPECT_EQ(std::ranges::count(text, '\n'), 1) << text;
}

TEST_F(CertificateFolder, each_fault_is_named) {
    EXPECT_THAT(found(), HasSubstr("tls.crt"));
    EXPECT_THAT(found(), HasSubstr("give Candor's user the right to read it"));
    save(make_certificate({.begins_in = days(-9), .expires_in = days(-1)}));
    EXPECT_THAT(found(), HasSubstr("fail the certificate expired at "));
    save(make_certificate({.expires_in = days(9) + hours(1)}));
    EXPECT_THAT(found(), HasSubstr("warn the certificate expires in 9 days"));
    save(make_certificate({.begins_in = days(1)}));
    EXPECT_THAT(found(), HasSubstr("fail the certificate begins only at "));
    save(make_certificate({.names = "DNS:other.example"}));
    EXPECT_THAT(found(), HasSubstr("warn the certificate is for other.example, not for localhost"));
    save({make_certificate().certificate, make_certificate().key});
    EXPECT_THAT(found(), HasSubstr("the key does not belong to the certificate"));
}

TEST_F(CertificateFolder, a_key_that_others_can_read_is_warned_of) {
    save(make_certificate());
    for (const auto& [mode, wide] :
         {std::pair{0600, false}, {0640, false}, {0644, true}, {0660, true}, {0604, true}}) {
        ::chmod((folder_ / "tls.key").c_str(), static_cast<mode_t>(mode));
        EXPECT_EQ(found().find("can use the key") != std::string::npos, wide) << std::oct << mode;
    }
}

class Renewal : public CertificateFolder {
   protected:
    void SetUp() override {
        save(make_certificate());
        ASSERT_TRUE(certificates_.load(config_.network.tls));
        web::ServerOptions options;
        options.threads = 1;
        options.tls.public_pages = certificates_.shown(web::Listener::kPublic);
        options.intake.host = "127.0.0.2";
        options.console.host = "127.0.0.3";
        auto server = web::start_server(options, operator_, pages_, {});
        ASSERT_TRUE(server) << server.error().message;
        server_ = std::move(*server);
        server_->set_ready("");
    }
    void renew() { certificates_.renew(config_.network.tls, *server_); }
    double refused() const { return certificates_.metrics().at(1).samples.at(0).value; }
    std::string readiness() {
        test::Talk talk(server_->port(web::Listener::kConsole), {.host = "127.0.0.3"});
        const test::HttpAnswer answer = talk.get("/readyz");
        return std::to_string(answer.status) + ' ' + answer.body;
    }

    Certificates certificates_;
    test::ScriptedOperator operator_;
    test::ScriptedPages pages_;
    std::unique_ptr<web::Server> server_;
};

TEST_F(Renewal, a_new_one_is_shown) {
    const auto before = certificates_.shown(web::Listener::kPublic);
    renew();
    EXPECT_EQ(certificates_.shown(web::Listener::kPublic), before) << "nothing changed";
    save(make_certificate());
    renew();
    EXPECT_NE(certificates_.shown(web::Listener::kPublic), before);
    EXPECT_EQ(readiness(), "200 ready\n");
}

TEST_F(Renewal, a_bad_one_keeps_the_one_before_and_says_so_until_it_is_mended) {
    const auto before = certificates_.shown(web::Listener::kPublic);
    save({make_certificate().certificate, make_certificate().key});
    renew();
    EXPECT_EQ(certificates_.shown(web::Listener::kPublic), before);
    EXPECT_EQ(refused(), 1);
    EXPECT_THAT(readiness(), HasSubstr("200 ready\npublic: the new certificate was refused"));
    save(make_certificate());
    renew();
    EXPECT_EQ(refused(), 0);
    EXPECT_EQ(readiness(), "200 ready\n");
}

TEST_F(Renewal, a_start_with_a_bad_one_is_refused_with_its_reason) {
    save({make_certificate().certificate, "nothing"});
    Certificates fresh;
    const auto loaded = fresh.load(config_.network.tls);
    ASSERT_FALSE(loaded);
    EXPECT_THAT(loaded.error().message, HasSubstr("there is no private key in PEM"));
    EXPECT_THAT(loaded.error().message, HasSubstr("tls.key"));
}

}  // namespace
}  // namespace candor::app
