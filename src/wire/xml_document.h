// libxml2's tree behind a narrow door: the only options it may run with, and a view of elements.
//
// INVARIANT: no document type, no entity beyond the five of XML, no network, no nesting beyond kDepthMax.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

struct _xmlDoc;
struct _xmlNode;

namespace weir::wire {

// A view into its document; the default one is no element.
class XmlElement {
 public:
  XmlElement() = default;
  explicit XmlElement(const _xmlNode* node) : node_(node) {}

  explicit operator bool() const { return node_ != nullptr; }
  std::string_view name() const;  // without prefix
  XmlElement first_child() const;
  XmlElement next() const;
  // The first child of that name; "*" is any.
  XmlElement child(std::string_view name) const;
  // The text directly inside; false when elements are in between.
  bool text(std::string& into) const;
  // The attribute of that name, prefix and all ("xsi:type"); false when absent.
  bool attribute(std::string_view name, std::string& into) const;

 private:
  const _xmlNode* node_ = nullptr;
};

class XmlDocument {
 public:
  static base::Result<XmlDocument> parse(std::string_view text);
  XmlElement root() const;

 private:
  struct Free {
    void operator()(_xmlDoc* document) const;
  };
  explicit XmlDocument(_xmlDoc* document) : document_(document) {}
  std::unique_ptr<_xmlDoc, Free> document_;
};

}  // namespace weir::wire
