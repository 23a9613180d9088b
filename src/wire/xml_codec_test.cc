#include "wire/xml_codec.h"

#include <gtest/gtest.h>

#include "wire/faults.h"
#include "wire/s3_types.h"

namespace weir::wire {
namespace {

template <class T>
base::Result<T> read(std::string_view text) {
  T value{};
  WEIR_CHECK_OK(decode_xml(shape_of<T>(), text, {}, &value));
  return value;
}

bool is_refused(std::string_view text) {
  auto value = read<s3::Delete>(text);
  if (!value.ok()) {
    EXPECT_EQ(value.error().about, kSerialization);
  }
  return !value.ok();
}

TEST(XmlCodec, ReadsFlattenedListsNamespacesCdataAndReferences) {
  auto value = read<s3::Delete>(
      "<?xml version=\"1.0\"?><Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><!-- c --><Object><Key>a&amp;b "
      "&#x41;"
      "</Key></Object><Quiet> true "
      "</Quiet><Object><Key><![CDATA[<c>]]></Key><VersionId>v</VersionId></Object></Delete>");
  ASSERT_TRUE(value.ok()) << value.error().says;
  ASSERT_EQ(value->Objects.size(), 2u);
  EXPECT_EQ(value->Objects[0].Key, "a&b A");
  EXPECT_EQ(value->Objects[1].Key, "<c>");
  EXPECT_EQ(value->Objects[1].VersionId, "v");
  EXPECT_EQ(value->Quiet, true);
}

TEST(XmlCodec, KeysKeepTheirWhiteSpace) {
  EXPECT_EQ(read<s3::Delete>("<D><Object><Key> a\n</Key></Object></D>")->Objects[0].Key, " a\n");
}

TEST(XmlCodec, RefusesDocumentTypesAndEntities) {
  EXPECT_TRUE(is_refused("<!DOCTYPE d [<!ENTITY a \"x\">]><Delete><Object><Key>&a;</Key></Object></Delete>"));
  EXPECT_TRUE(is_refused("<!DOCTYPE d SYSTEM \"file:///etc/passwd\"><Delete/>"));
  EXPECT_TRUE(is_refused("<Delete><Object><Key>&undefined;</Key></Object></Delete>"));
  // The declared encoding is not believed: UTF-7 and UTF-16 spellings of a document type stay what they are.
  EXPECT_TRUE(is_refused("<?xml version=\"1.0\" encoding=\"UTF-7\"?>+ADwAIQ-DOCTYPE d+AD4-<Delete/>"));
  EXPECT_TRUE(is_refused(std::string("\xff\xfe<\0!\0D\0", 8)));
}

TEST(XmlCodec, RefusesWhatIsNotWellFormed) {
  EXPECT_TRUE(is_refused(""));
  EXPECT_TRUE(is_refused("<Delete>"));
  EXPECT_TRUE(is_refused("<Delete></Delet>"));
  EXPECT_TRUE(is_refused("<Delete/><Delete/>"));
  EXPECT_TRUE(is_refused("<Delete><Object><Key>\xff</Key></Object></Delete>"));
  EXPECT_TRUE(is_refused(std::string("<Delete>\0</Delete>", 18)));
}

TEST(XmlCodec, RefusesMembersTwiceAndWrongTypes) {
  EXPECT_TRUE(is_refused("<Delete><Quiet>true</Quiet><Quiet>false</Quiet></Delete>"));
  EXPECT_TRUE(is_refused("<Delete><Quiet>maybe</Quiet></Delete>"));
  EXPECT_TRUE(is_refused("<Delete><Object><Key><b/></Key></Object></Delete>"));
  EXPECT_TRUE(is_refused("<Delete><Object><Key>a</Key><Size>1e3</Size></Object></Delete>"));
}

TEST(XmlCodec, RefusesDeepNesting) {
  std::string deep;
  for (int i = 0; i < 200'000; ++i) deep += "<a>";
  EXPECT_TRUE(is_refused(deep));
  std::string balanced;
  for (int i = 0; i < 70; ++i) balanced += "<a>";
  for (int i = 0; i < 70; ++i) balanced += "</a>";
  EXPECT_TRUE(is_refused(balanced));
  std::string hidden;
  for (int i = 0; i < 5'000; ++i) hidden += "<a x=\"/>\">";
  EXPECT_TRUE(is_refused(hidden));
}

TEST(XmlCodec, IgnoresUnknownElements) {
  EXPECT_TRUE(read<s3::Delete>("<Delete><Nonsense><Deep>1</Deep></Nonsense></Delete>").ok());
}

TEST(XmlCodec, WritesAndReadsBackTheSame) {
  s3::ListObjectsV2Output output;
  output.Name = "lake";
  output.Prefix = "";
  output.KeyCount = 1;
  output.IsTruncated = false;
  s3::Object object;
  object.Key = "a<b>&\"'\x01\r\n\tz";
  object.Size = 5'000'000'000;
  object.LastModified = base::from_epoch_seconds(1714521600);
  output.Contents.push_back(object);
  s3::CommonPrefix prefix;
  prefix.Prefix = "p/";
  output.CommonPrefixes.push_back(prefix);
  std::string text;
  encode_xml(shape_of<s3::ListObjectsV2Output>(), &output, "ListBucketResult", "http://x/", XmlTimes::millis, text);
  EXPECT_EQ(text,
            "<ListBucketResult xmlns=\"http://x/\"><IsTruncated>false</IsTruncated><Contents>"
            "<Key>a&lt;b&gt;&amp;&quot;&#39;&#x1;&#xd;\n\tz</Key><LastModified>2024-05-01T00:00:00.000Z</LastModified>"
            "<Size>5000000000</Size></Contents><Name>lake</Name><Prefix></Prefix>"
            "<CommonPrefixes><Prefix>p/</Prefix></CommonPrefixes><KeyCount>1</KeyCount></ListBucketResult>");
  text.erase(text.find("&#x1;"), 5);
  auto back = read<s3::ListObjectsV2Output>(text);
  ASSERT_TRUE(back.ok()) << back.error().says;
  EXPECT_EQ(back->Contents.at(0).Key, "a<b>&\"'\r\n\tz");
  EXPECT_EQ(back->Contents.at(0).LastModified, object.LastModified);
  EXPECT_EQ(back->CommonPrefixes.at(0).Prefix, "p/");
}

TEST(XmlCodec, ReadsErrorsOfBothForms) {
  auto s3_error = decode_xml_error("<Error><Code>NoSuchKey</Code><Message>m</Message><RequestId>r</RequestId></Error>");
  EXPECT_EQ(s3_error->code, "NoSuchKey");
  EXPECT_EQ(s3_error->request_id, "r");
  auto query = decode_xml_error(
      "<ErrorResponse "
      "xmlns=\"x\"><Error><Type>Sender</Type><Code>C</Code></Error><RequestId>q</RequestId></ErrorResponse>");
  EXPECT_EQ(query->code, "C");
  EXPECT_EQ(query->request_id, "q");
  EXPECT_FALSE(decode_xml_error("<html/>").ok());
}

}  // namespace
}  // namespace weir::wire
