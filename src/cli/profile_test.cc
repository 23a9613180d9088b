#include "cli/profile.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace weir::cli {
namespace {

class ProfileTest : public testing::Test {
 protected:
  void SetUp() override {
    for (auto* name : {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_REGION", "AWS_PROFILE",
                       "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL_S3",
                       "AWS_ENDPOINT_URL_SFN"})
      unsetenv(name);
    auto pattern = testing::TempDir() + "weir-profile-XXXXXX";
    folder = ::mkdtemp(pattern.data());
    auto dir = folder.string() + "/";
    std::ofstream(dir + "config")
        << "[default]\nregion = eu-west-1\nendpoint_url = http://a:1\n[profile two]\n# x\nregion=r2\n";
    std::ofstream(dir + "credentials") << "[default]\naws_access_key_id = AK\naws_secret_access_key = S=1\n[two]\n";
    setenv("AWS_CONFIG_FILE", (dir + "config").c_str(), 1);
    setenv("AWS_SHARED_CREDENTIALS_FILE", (dir + "credentials").c_str(), 1);
  }
  void TearDown() override { std::filesystem::remove_all(folder); }

  std::filesystem::path folder;  // of this test alone: others run beside it
};

}  // namespace

TEST_F(ProfileTest, FilesServeWhenNothingElseIsSaid) {
  auto profile = load_profile({});
  ASSERT_TRUE(profile.ok());
  EXPECT_EQ(profile->access_key_id, "AK");
  EXPECT_EQ(profile->secret_access_key.reveal(), "S=1");
  EXPECT_EQ(profile->region, "eu-west-1");
  EXPECT_EQ(profile->endpoint_for("glue"), "http://a:1");
}

TEST_F(ProfileTest, EnvironmentWinsOverFilesAndFlagsOverBoth) {
  setenv("AWS_ACCESS_KEY_ID", "ENV", 1);
  setenv("AWS_SECRET_ACCESS_KEY", "secret", 1);
  setenv("AWS_REGION", "r1", 1);
  setenv("AWS_ENDPOINT_URL_STS", "http://sts:2", 1);
  auto profile = load_profile({});
  EXPECT_EQ(profile->access_key_id, "ENV");
  EXPECT_EQ(profile->region, "r1");
  EXPECT_EQ(profile->endpoint_for("sts"), "http://sts:2");
  EXPECT_EQ(load_profile({.region = "r3", .endpoint_url = "http://c:3"})->endpoint_for("sts"), "http://c:3");
}

TEST_F(ProfileTest, EndpointsOfServicesGoByTheNamesOfAws) {
  setenv("AWS_ENDPOINT_URL_S3", "http://s3:2", 1);
  setenv("AWS_ENDPOINT_URL_SFN", "http://sfn:2", 1);
  auto profile = load_profile({});
  ASSERT_TRUE(profile.ok());
  EXPECT_EQ(profile->endpoint_for("s3"), "http://s3:2");
  EXPECT_EQ(profile->endpoint_for("states"), "http://sfn:2");
  EXPECT_EQ(profile->endpoint_for("sns"), "http://a:1");
}

TEST_F(ProfileTest, NoKeysIsAnErrorThatSaysWhatToSet) {
  auto profile = load_profile({.profile = "two"});
  ASSERT_FALSE(profile.ok());
  EXPECT_NE(profile.error().says.find("\"two\""), std::string::npos);
}

}  // namespace weir::cli
