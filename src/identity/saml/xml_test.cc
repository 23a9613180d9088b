#include "identity/saml/xml.h"

#include <gtest/gtest.h>

#include "identity/saml/saml_time.h"

namespace weir::identity::saml {
namespace {

bool passes(std::string_view text) { return Document::parse(text, kMessageRules).ok(); }

TEST(Xml, WhatTwoReadersCouldReadDifferentlyIsRefused) {
  EXPECT_TRUE(passes("<a>b</a>"));
  for (auto text : {"<a>b<!-- -->c</a>", "<a><![CDATA[b]]></a>", "<a><?b?></a>", "<!DOCTYPE a><a/>", "<a>&b;</a>",
                    "<a/><b/>", "<a", "", "\xff<a/>", "<a ID='x'><b ID='x'/></a>", "<a ID='x'><b Id='x'/></a>",
                    "<a xml:id='x'/>", "<a b='1' b='2'/>", "<p:a/>&#0;"})
    EXPECT_FALSE(passes(text)) << text;
}

TEST(Xml, CommentsPassOnlyWhereAnAdministratorVouches) {
  constexpr Rules kLoose{.bytes_max = 1000, .nodes_max = 100, .comments = true};
  auto document = Document::parse("<a><!-- c --><b>x</b></a>", kLoose);
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(document->root().children().size(), 1U);
  auto split = Document::parse("<a>x<!-- c -->y</a>", kLoose);
  ASSERT_TRUE(split.ok());
  EXPECT_FALSE(split->root().text().has_value());
}

TEST(Xml, SizesAreBounded) {
  auto nested = [](size_t levels) {
    std::string open, close;
    for (size_t i = 0; i < levels; ++i) open += "<a>", close += "</a>";
    return open + close;
  };
  EXPECT_TRUE(passes(nested(kDepthMax)));
  EXPECT_FALSE(passes(nested(kDepthMax + 1)));
  EXPECT_FALSE(passes("<a>" + std::string(kMessageRules.bytes_max, ' ') + "</a>"));
  Rules few{.bytes_max = 1000, .nodes_max = 3};
  EXPECT_TRUE(Document::parse("<a><b/><b/></a>", few).ok());
  EXPECT_FALSE(Document::parse("<a><b/><b/><b/></a>", few).ok());
}

TEST(Xml, ANameIsItsNamespaceAndItsLocalPart) {
  auto document = Document::parse("<p:a xmlns:p='urn:1' xmlns='urn:2'><b/><p:b x='1' p:y='2'/></p:a>", kMessageRules);
  ASSERT_TRUE(document.ok());
  auto root = document->root();
  EXPECT_TRUE(root.is("urn:1", "a"));
  EXPECT_FALSE(root.is("urn:2", "a"));
  EXPECT_EQ(root.only("urn:1", "b").attribute("x"), "1");
  EXPECT_EQ(root.only("urn:1", "b").attribute("y"), std::nullopt);
  EXPECT_EQ(document->count("urn:2", "b"), 1U);
}

TEST(Xml, OfSeveralThereIsNoOnlyOne) {
  auto document = Document::parse("<a xmlns='u'><b/><b/></a>", kMessageRules);
  ASSERT_TRUE(document.ok());
  EXPECT_FALSE(document->root().only("u", "b"));
  EXPECT_EQ(document->root().only("u", "b").text(), std::nullopt);
}

TEST(Xml, CharacterReferencesAreTextLikeAnyOther) {
  auto document = Document::parse("<a>x&#13;&amp;&lt;!-- y --&gt;&#x1F600;</a>", kMessageRules);
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(document->root().text(), "x\r&<!-- y -->\xF0\x9F\x98\x80");
}

TEST(Xml, OnlyAPlainNameCanBeRegisteredAsId) {
  for (auto id : {"_a", "a.b-c", "A1"}) {
    auto document = Document::parse("<a ID=\"" + std::string(id) + "\"/>", kMessageRules);
    ASSERT_TRUE(document.ok());
    EXPECT_TRUE(document->register_id(document->root()).ok()) << id;
    EXPECT_TRUE(document->register_id(document->root()).ok()) << "a second time changes nothing";
  }
  for (auto id : {"", "1a", "a b", "a'b", "a)b", "\xC3\xA9"}) {
    auto document = Document::parse("<a ID=\"" + std::string(id) + "\"/>", kMessageRules);
    ASSERT_TRUE(document.ok());
    EXPECT_FALSE(document->register_id(document->root()).ok()) << id;
  }
}

TEST(SamlTime, IsUtcAndComplete) {
  EXPECT_TRUE(parse_saml_time("2026-11-22T01:02:03Z").ok());
  EXPECT_TRUE(parse_saml_time("2026-11-22T01:02:03.123Z").ok());
  for (auto text :
       {"2026-11-22", "2026-11-22T01:02Z", "2026-11-22T01:02:03", "2026-11-22T01:02:03+01:00", "2026-11-22 01:02:03Z",
        "", "2026-13-22T01:02:03Z", " 2026-11-22T01:02:03Z", "2026-11-22T01:02:03.Z", "2026-11-22T25:02:03Z"})
    EXPECT_FALSE(parse_saml_time(text).ok()) << text;
}

}  // namespace
}  // namespace weir::identity::saml
