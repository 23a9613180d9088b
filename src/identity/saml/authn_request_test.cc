#include "identity/saml/authn_request.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include "base/text.h"
#include "identity/saml/xml.h"

namespace weir::identity::saml {
namespace {

const ServiceProvider kHere{"https://lake.example.com/-/console/saml/metadata?account=1",
                            "https://lake.example.com/-/console/saml"};

AuthnRequest request_to(std::string destination) {
  return {kHere, "_request", std::move(destination), base::from_epoch_seconds(1'795'341'600)};
}

std::string inflated(std::string_view bytes) {
  z_stream stream{};
  inflateInit2(&stream, -15);
  std::string in(bytes), out(10'000, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

std::string parameter(std::string_view url, std::string_view name) {
  auto at = url.find(std::string(name) + "=") + name.size() + 1;
  return base::uri_decode(url.substr(at, url.find('&', at) - at));
}

TEST(AuthnRequest, SaysWhoAsksAndWhereTheAnswerGoes) {
  auto document = Document::parse(to_xml(request_to("https://idp.example.com/sso")), kMessageRules);
  ASSERT_TRUE(document.ok());
  auto root = document->root();
  EXPECT_TRUE(root.is(kProtocolNs, "AuthnRequest"));
  EXPECT_EQ(root.attribute("ID"), "_request");
  EXPECT_EQ(root.attribute("Destination"), "https://idp.example.com/sso");
  EXPECT_EQ(root.attribute("AssertionConsumerServiceURL"), kHere.consumer_url);
  EXPECT_EQ(root.attribute("IssueInstant"), "2026-11-22T10:00:00Z");
  EXPECT_EQ(root.only(kAssertionNs, "Issuer").text(), kHere.entity_id);
}

TEST(AuthnRequest, TravelsCompressedInTheAddress) {
  auto request = request_to("https://idp.example.com/sso?tenant=1");
  auto url = redirect_url(request, "state&x=y");
  EXPECT_TRUE(url.starts_with("https://idp.example.com/sso?tenant=1&SAMLRequest="));
  EXPECT_EQ(inflated(base::unbase64(parameter(url, "SAMLRequest")).value()), to_xml(request));
  EXPECT_EQ(parameter(url, "RelayState"), "state&x=y");
}

TEST(AuthnRequest, WhatAnAddressHoldsStaysAnAddress) {
  auto document = Document::parse(to_xml(request_to("https://idp/\"><evil/>&<")), kMessageRules);
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(document->root().attribute("Destination"), "https://idp/\"><evil/>&<");
  EXPECT_EQ(document->root().children().size(), 1u);
}

TEST(ServiceMetadata, NamesTheEntityAndItsConsumer) {
  auto document =
      Document::parse(metadata_of(kHere).substr(metadata_of(kHere).find("<EntityDescriptor")), kMessageRules);
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(document->root().attribute("entityID"), kHere.entity_id);
  auto consumer = document->root().only(kMetadataNs, "SPSSODescriptor").only(kMetadataNs, "AssertionConsumerService");
  EXPECT_EQ(consumer.attribute("Location"), kHere.consumer_url);
}

}  // namespace
}  // namespace weir::identity::saml
