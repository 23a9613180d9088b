// XML bodies of the query protocol and restXml, by the shape tables.
//
// Reading refuses document types, entities beyond the five of XML, what is not UTF-8, nesting beyond kDepthMax, and a
// member twice; it never touches the network. Unknown elements are ignored. Any thread.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "wire/shape.h"

namespace weir::wire {

// S3 writes milliseconds always; the query services only when there are any.
enum class XmlTimes { seconds, millis };

// Reads the members of `shape` from the element found by following `path` from the root ("*" is any name). An empty
// path is the root itself. A missing element reads as an empty structure.
base::Status decode_xml(const Shape& shape, std::string_view text, const std::vector<std::string_view>& path,
                        void* into);

// The children of the structure's element, without the element itself.
void encode_xml_members(const Shape& shape, const void* from, XmlTimes times, std::string& out);
// <root xmlns="...">members</root>; no xmlns when `xml_namespace` is empty.
void encode_xml(const Shape& shape, const void* from, std::string_view root, std::string_view xml_namespace,
                XmlTimes times, std::string& out);

inline constexpr std::string_view kXmlDeclaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
void append_xml_text(std::string_view text, std::string& out);
void append_xml_element(std::string_view name, std::string_view text, std::string& out);

// What an error document says: <Error><Code/><Message/>...</Error> or the same inside <ErrorResponse>.
struct XmlError {
  std::string code;
  std::string message;
  std::string request_id;
};
base::Result<XmlError> decode_xml_error(std::string_view text);

}  // namespace weir::wire
