#include "server/company_pages.h"

#include <gtest/gtest.h>

namespace weir::server {
namespace {

constexpr std::string_view kIndex = "<html><head><title>x</title></head><body></body></html>";

std::string page_of(std::string_view response, std::string_view relay_state) {
  return page_with_response(kIndex, response, relay_state).value_or("none");
}

TEST(CompanyPages, AResponseIsDataInThePagesHead) {
  EXPECT_EQ(page_of("PHg+/w==", "st_a-te"),
            "<html><head><title>x</title><script type=\"application/json\" id=\"arrived\">"
            "{\"response\":\"PHg+/w==\",\"relayState\":\"st_a-te\"}</script></head><body></body></html>");
}

TEST(CompanyPages, WhatIsNoBase64IsNotPassedOn) {
  for (auto response :
       {"</script><script>alert(1)</script>", "<!--", "a\"b", "a\\u003c", "a b", "a%3Cb", "a\xC3\xA9", ""})
    EXPECT_EQ(page_of(response, "s"), "none") << response;
  EXPECT_EQ(page_of(std::string(100'001, 'A'), "s"), "none");
}

TEST(CompanyPages, ARelayStateOfSomebodyElseCountsAsNone) {
  for (auto relay_state : {"</script>", "https://elsewhere.example.com/", "\"", "a b", "\xE2\x80\xA8"})
    EXPECT_EQ(page_of("AAAA", relay_state), page_of("AAAA", "")) << relay_state;
  EXPECT_EQ(page_of("AAAA", std::string(81, 'a')), page_of("AAAA", ""));
}

TEST(CompanyPages, APageWithoutAHeadTakesNothing) {
  EXPECT_FALSE(page_with_response("<html></html>", "AAAA", "").has_value());
}

}  // namespace
}  // namespace weir::server
