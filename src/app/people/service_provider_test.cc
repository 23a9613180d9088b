#include "app/people/service_provider.h"

#include <gtest/gtest.h>

#include "app/public_url.h"
#include "app/test_lake.h"

namespace weir::app {
namespace {

const std::string kProvider = "arn:aws:iam::111122223333:saml-provider/company";

TEST(ServiceProvider, ARequestIsOfOneProviderForAnHour) {
  test::TestLake test;
  auto now = test.clock.now();
  auto id = fresh_request_id(test.lake, kProvider, now);
  EXPECT_TRUE(is_request_of(test.lake, kProvider, id, now));
  EXPECT_TRUE(is_request_of(test.lake, kProvider, id, now + base::Seconds(3599)));
  EXPECT_FALSE(is_request_of(test.lake, kProvider, id, now + base::Seconds(3600)));
  EXPECT_FALSE(is_request_of(test.lake, kProvider + "2", id, now));
  EXPECT_NE(fresh_request_id(test.lake, kProvider, now), id);
}

TEST(ServiceProvider, NobodyElseMakesARequest) {
  test::TestLake test, other;
  auto now = test.clock.now();
  base::SeededRandomness chance{6};
  other.keys = identity::KeyRing::fresh(now, chance);
  auto id = fresh_request_id(test.lake, kProvider, now);
  EXPECT_FALSE(is_request_of(other.lake, kProvider, id, now));
  for (size_t at = 0; at < id.size(); ++at) {
    auto bent = id;
    bent[at] = bent[at] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(is_request_of(test.lake, kProvider, bent, now)) << at;
  }
  for (auto odd : {"", "_", "_AAAA", "id"}) EXPECT_FALSE(is_request_of(test.lake, kProvider, odd, now)) << odd;
}

TEST(ServiceProvider, EachAccountsConsoleIsAnEntityOfItsOwn) {
  test::TestLake test;
  PublicUrl here;
  here.set("https://lake.example.com");
  test.lake.public_url = &here;
  auto one = service_provider(test.lake, "111122223333"), another = service_provider(test.lake, "444455556666");
  EXPECT_NE(one.entity_id, another.entity_id);
  EXPECT_EQ(one.consumer_url, "https://lake.example.com/-/console/saml");
}

}  // namespace
}  // namespace weir::app
