#include "base/sha256.h"

#include <gtest/gtest.h>

namespace candor {
namespace {

// FIPS 180-4 examples and NIST's long message.
TEST(Sha256, agrees_with_the_standard) {
    EXPECT_EQ(to_hex(sha256("")),
              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(to_hex(sha256("abc")),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(to_hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    EXPECT_EQ(to_hex(sha256(std::string(1'000'000, 'a'))),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, bytes_and_hexadecimal_are_the_same_digest) {
    const Digest digest = sha256("abc");
    ASSERT_EQ(as_bytes(digest).size(), 32U);
    EXPECT_EQ(static_cast<unsigned char>(as_bytes(digest)[0]), 0xba);
    EXPECT_EQ(static_cast<unsigned char>(as_bytes(digest)[31]), 0xad);
}

}  // namespace
}  // namespace candor
