#include "app/catalog/catalog_tags.h"

#include "app/catalog/databases.h"
#include "base/record.h"
#include "base/text.h"
#include "store/key.h"

namespace weir::app {

struct TagRecord {
  TagMap tags;
};
WEIR_RECORD(TagRecord, FIELD("Tags", &TagRecord::tags))

namespace {

constexpr size_t kTagsMax = 50;
constexpr size_t kKeyMax = 128;
constexpr size_t kValueMax = 256;

std::string key_of(const std::string& arn) { return store::key("glue_tags", arn); }

base::Result<TagMap> read_tags(store::Transaction& tx, const std::string& arn) {
  WEIR_TRY(auto text, tx.get(key_of(arn)));
  if (!text) return TagMap();
  WEIR_TRY(auto record, base::decode_record<TagRecord>(*text));
  return std::move(record.tags);
}

base::Result<DatabaseName> parse_database_arn(const std::string& text) {
  auto arn = names::Arn::parse(text);
  constexpr std::string_view kind = "database/";
  if (!arn || arn->service != "glue" || !arn->resource.starts_with(kind) ||
      arn->resource.find('/', kind.size()) != std::string::npos)
    return base::invalid("ResourceArn must be the ARN of a database: this server tags nothing else.", "arn");
  return database_name(arn->account, arn->resource.substr(kind.size()));
}

// Policies of the owner's account go by its tags: who shares a database does not share these.
std::optional<Refusal> own_tags_gate(const Call& call, const DatabaseName& name) {
  if (name.catalog == call.caller().account()) return std::nullopt;
  return Refusal{"tags of another account",
                 base::denied("The tags of a database are for its own account, " + name.catalog + ".", "access")};
}

// Its canonical ARN, once both gates are open.
base::Result<std::string> authorize_tagged(Call& call, std::string_view action, const std::string& text,
                                           policy::Context conditions) {
  call.about("resourceArn", text);
  WEIR_TRY(auto name, parse_database_arn(text));
  Ask ask{std::string(action), arn_of(call, name), name.catalog};
  ask.extra = std::move(conditions);
  WEIR_CHECK_OK(authorize_database(call, ask, name, permissions::Privilege::describe,
                                   [&](const auto&) { return own_tags_gate(call, name); }));
  return ask.resource;
}

base::Status write_tags(store::Transaction& tx, const std::string& arn, const TagMap& tags) {
  if (tags.empty()) return erase_tags(tx, arn);
  if (tags.size() > kTagsMax) return base::fail(base::Kind::limit_exceeded, "A resource has at most 50 tags.", "tags");
  return tx.put(key_of(arn), base::encode_record(TagRecord{tags}));
}

}  // namespace

base::Status check_tags(const TagMap& tags) {
  for (const auto& [key, value] : tags) {
    if (base::starts_with_ignoring_case(key, "aws:"))
      return base::invalid("Tag keys must not start with aws:.", "tags");
    if (key.empty() || base::utf8_length(key) > kKeyMax || base::utf8_length(value) > kValueMax)
      return base::invalid("A tag has a key of 1 to 128 characters and a value of at most 256.", "tags");
  }
  return {};
}

policy::Context tag_conditions(const TagMap& tags) {
  policy::Context conditions;
  std::vector<std::string> keys;
  for (const auto& [key, value] : tags) {
    conditions.set("aws:RequestTag/" + key, value);
    keys.push_back(key);
  }
  if (!keys.empty()) conditions.set_list("aws:TagKeys", std::move(keys));
  return conditions;
}

base::Status put_tags(store::Transaction& tx, const std::string& arn, const TagMap& tags) {
  return tags.empty() ? base::Status() : write_tags(tx, arn, tags);
}

base::Status erase_tags(store::Transaction& tx, const std::string& arn) { return tx.erase(key_of(arn)); }

base::Status tag_resource(Call& call, const std::string& arn, const TagMap& tags) {
  WEIR_CHECK_OK(check_tags(tags));
  WEIR_TRY(auto tagged, authorize_tagged(call, "glue:TagResource", arn, tag_conditions(tags)));
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto all, read_tags(tx, tagged));
    for (const auto& [key, value] : tags) all[key] = value;
    return write_tags(tx, tagged, all);
  });
}

base::Status untag_resource(Call& call, const std::string& arn, const std::vector<std::string>& keys) {
  policy::Context conditions;
  conditions.set_list("aws:TagKeys", keys);
  WEIR_TRY(auto tagged, authorize_tagged(call, "glue:UntagResource", arn, std::move(conditions)));
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto all, read_tags(tx, tagged));
    for (const auto& key : keys) all.erase(key);
    return write_tags(tx, tagged, all);
  });
}

base::Result<TagMap> get_tags(Call& call, const std::string& arn) {
  WEIR_TRY(auto tagged, authorize_tagged(call, "glue:GetTags", arn, {}));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return read_tags(*tx, tagged);
}

}  // namespace weir::app
