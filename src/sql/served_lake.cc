#include "sql/served_lake.h"

#include <algorithm>

#include "app/vending/unfiltered.h"
#include "app/vending/vending.h"
#include "base/text.h"
#include "query/hive_layout.h"
#include "query/table_format.h"

namespace weir::sql {

// A resolved table's own things: what the catalog calls it (a link is answered with its target) and where it is.
struct ServedLake::TableSession {
  names::TableName name;
  std::string location;
  bool registered = false;
  size_t read = 0;  // into tables_
};

// Where files lie that the caller reads as itself.
struct ServedLake::OwnPlace {
  size_t read = 0;  // into tables_
  bool noted = false;
};

struct ServedLake::File {
  Keys keys;
  std::shared_ptr<OwnPlace> own_place;  // without keys
  std::string bucket, key, version;
};

namespace {

constexpr size_t kOpenMax = 64;  // objects open at once, of one query
constexpr size_t kPartitionsAtOnce = 1000;
constexpr size_t kPlacesMax = 1000;  // of one table, besides those inside its own location
constexpr char kSelect[] = "SELECT";

using permissions::EnforcementLevel;

// What the engine can enforce.
std::vector<EnforcementLevel> supported() {
  return {EnforcementLevel::column, EnforcementLevel::cell_filter, EnforcementLevel::nested,
          EnforcementLevel::nested_cell};
}

base::Error about_table(const query::GovernedTable& table, base::Error error) {
  error.says = "table " + table.database + "." + table.name + ": " + error.says;
  return error;
}

std::vector<query::TableColumn> columns_of(const std::vector<catalog::Column>& columns) {
  std::vector<query::TableColumn> out;
  for (const auto& column : columns) out.push_back({base::to_lower(column.name), column.type.value_or("string")});
  return out;
}

base::Status read_schema(const catalog::Table& from, query::GovernedTable& into) {
  static const catalog::StorageDescriptor kNone;
  const auto& storage = from.storage_descriptor ? *from.storage_descriptor : kNone;
  if (storage.columns) into.columns = columns_of(*storage.columns);
  if (from.partition_keys) into.partition_keys = columns_of(*from.partition_keys);
  auto serde = storage.serde_info.value_or(catalog::SerDe());
  WEIR_TRY(auto format, query::table_format(serde.serialization_library.value_or(""),
                                            serde.parameters.value_or(catalog::Parameters()),
                                            from.parameters.value_or(catalog::Parameters())));
  into.format = format.format;
  into.text = format.text;
  return {};
}

std::string location_text(const std::optional<catalog::StorageDescriptor>& storage) {
  return storage ? storage->location.value_or("") : "";
}

template <class T>
base::Status note(std::vector<T>& noted, T what) {
  if (noted.size() == kPlacesMax)
    return base::fail(base::Kind::limit_exceeded, "The query reads a table that lies in too many places.", "query");
  noted.push_back(std::move(what));
  return {};
}

// Nothing where the catalog would not understand it, as of keys that it does not compare: then all partitions are listed,
// and the engine passes over those that are not wanted.
std::string expression_of(const query::GovernedTable& table, const catalog::PredicatePtr& partitions) {
  if (!partitions || catalog::is_always(partitions)) return {};
  std::vector<catalog::SchemaColumn> keys;
  for (const auto& key : table.partition_keys) keys.push_back({key.name, key.type, true});
  auto text = catalog::to_text(*partitions);
  return catalog::parse_predicate(text, keys, catalog::Dialect::partition_expression).ok() ? text : std::string();
}

app::UnfilteredRequest request_for(names::TableName table) {
  return {std::move(table), supported(), {}, app::Engine::own};
}

}  // namespace

base::Result<app::Call> ServedLake::call(std::string service, std::string operation) const {
  WEIR_TRY(auto call, caller_.call(std::move(service), std::move(operation)));
  call.about("queryId", query_id_);
  return call;
}

base::Result<app::Call> ServedLake::object_call(const Keys& keys, std::string operation) const {
  if (!keys) return call("s3", std::move(operation));
  WEIR_TRY(auto call, caller_.call_as(tokens_, *keys, "s3", std::move(operation)));
  call.about("queryId", query_id_);
  return call;
}

base::Result<query::GovernedTable> ServedLake::resolve(const query::TableRef& table) {
  if (!table.database)
    return base::invalid("table " + table.table + " names no database: write database.table or give Database", "table");
  query::GovernedTable out;
  out.database = *table.database;
  out.name = table.table;
  WEIR_TRY(auto call, this->call("glue", "GetUnfilteredTableMetadata"));
  auto request = request_for(app::table_name(catalog_, out.database, out.name));
  request.permissions = {kSelect};
  auto found = app::get_unfiltered_table(call, request);
  if (!found) return about_table(out, std::move(found).error());
  const auto& governed = found->table;
  WEIR_CHECK_OK(read_schema(*governed.table, out));
  out.view = governed.decision.view;
  out.decision_id = found->authorization_id;
  out.session = std::make_shared<TableSession>(TableSession{
      governed.name, location_text(governed.table->storage_descriptor), found->registered, tables_.size()});
  tables_.push_back({.table = governed.name, .created = governed.table->create_time, .view = out.view});
  return out;
}

base::Result<ServedLake::Keys> ServedLake::vend(const TableSession& table,
                                                const std::optional<std::vector<std::string>>& partition) const {
  WEIR_TRY(auto call, this->call("lakeformation", partition ? "GetTemporaryGluePartitionCredentials"
                                                            : "GetTemporaryGlueTableCredentials"));
  app::VendRequest request{table.name, {kSelect}, {}, supported(), {}, partition, app::Engine::own};
  WEIR_TRY(auto vended, app::vend_for_table(call, request));
  return std::make_shared<const identity::Credentials>(std::move(vended.credentials));
}

// The files of one table, place by place.
class ServedLake::Listing {
 public:
  Listing(ServedLake& lake, const TableSession& table) : lake_(lake), table_(table) {}

  base::Status add_table() {
    WEIR_TRY(auto keys, table_keys());
    return add(keys, table_.location, {});
  }

  base::Status add_partition(const app::UnfilteredPartition& found) {
    const auto& partition = found.partition;
    auto location = location_text(partition.storage_descriptor);
    WEIR_TRY(auto keys, keys_for(found, location));
    return add(keys, location, query::partition_cells(partition.values));
  }

  std::vector<query::DataFile> take() { return std::move(files_); }

 private:
  base::Result<Keys> table_keys() {
    if (!table_keys_ && table_.registered) {
      WEIR_TRY(table_keys_, vend(table_.location, std::nullopt));
    }
    return table_keys_;
  }

  base::Result<Keys> keys_for(const app::UnfilteredPartition& found, const std::string& location) {
    if (query::lies_in(location, table_.location)) return table_keys();
    if (!found.registered) return Keys();
    return vend(location, found.partition.values);
  }

  // The place is looked at again when pages are read.
  base::Result<Keys> vend(const std::string& location, const std::optional<std::vector<std::string>>& partition) {
    WEIR_TRY(auto place, names::S3Path::parse(location));
    WEIR_TRY(auto keys, lake_.vend(table_, partition));
    WEIR_CHECK_OK(note(lake_.tables_[table_.read].vended_at, std::move(place)));
    return keys;
  }

  base::Status add(const Keys& keys, const std::string& location,
                   const std::vector<std::optional<std::string>>& values) {
    WEIR_TRY(auto place, names::S3Path::parse(location));
    objects::ListQuery query{.prefix = query::folder_prefix(place.key)};
    auto own_place = keys ? nullptr : std::make_shared<OwnPlace>(OwnPlace{table_.read});
    for (bool more = true; more;) {
      WEIR_TRY(auto call, lake_.object_call(keys, "ListObjectsV2"));
      WEIR_TRY(auto list, app::list_objects(call, place.bucket, std::nullopt, query));
      for (const auto& object : list.page.objects)
        add_file({keys, own_place, place.bucket, object.key, object.version}, object, values);
      more = list.page.truncated;
      query.after = list.page.next;
    }
    return {};
  }

  void add_file(File file, const objects::ObjectInfo& object, const std::vector<std::optional<std::string>>& values) {
    if (!query::is_data_file(object.key, object.size)) return;
    files_.push_back({.path = file.bucket + "/" + file.key,
                      .size = static_cast<uint64_t>(object.size),
                      .partition_values = values,
                      .session = std::make_shared<File>(std::move(file))});
  }

  ServedLake& lake_;
  const TableSession& table_;
  Keys table_keys_;
  std::vector<query::DataFile> files_;
};

base::Result<std::vector<query::DataFile>> ServedLake::files(const query::GovernedTable& table,
                                                             const catalog::PredicatePtr& partitions) {
  const auto& session = *static_cast<const TableSession*>(table.session.get());
  Listing listing(*this, session);
  if (table.partition_keys.empty()) {
    auto added = listing.add_table();
    if (!added.ok()) return about_table(table, std::move(added).error());
    return listing.take();
  }
  app::PartitionQuery query{expression_of(table, partitions), {}, {{}, kPartitionsAtOnce}};
  for (;;) {
    WEIR_TRY(auto call, this->call("glue", "GetUnfilteredPartitionsMetadata"));
    auto page = app::get_unfiltered_partitions(call, request_for(session.name), query);
    if (!page) return about_table(table, std::move(page).error());
    for (const auto& partition : page->partitions) {
      if (!partition.partition.storage_descriptor) continue;
      auto added = listing.add_partition(partition);
      if (!added.ok()) return about_table(table, std::move(added).error());
    }
    if (!page->next_token) return listing.take();
    query.page.token = *page->next_token;
  }
}

base::Result<query::FileStat> ServedLake::stat(const query::DataFile& file) {
  WEIR_TRY(auto opened, open(file));
  return query::FileStat{static_cast<uint64_t>(opened->reader->info().size)};
}

base::Result<ServedLake::OpenPtr> ServedLake::open_now(const File& file) {
  WEIR_TRY(auto call, object_call(file.keys, "GetObject"));
  auto opened = std::make_shared<OpenObject>();
  WEIR_TRY(opened->reader, app::open_object(call, {file.bucket, file.key}));
  if (opened->reader->info().version != file.version)
    return base::fail(base::Kind::concurrent, "A data file was written while the query ran: run it again.", "query");
  ++files_opened_;
  return opened;
}

base::Result<ServedLake::OpenPtr> ServedLake::open_or_reuse(const File& file) {
  auto found = std::find_if(open_.begin(), open_.end(), [&](const Handle& one) {
    return one.keys == file.keys && one.bucket == file.bucket && one.key == file.key && one.version == file.version;
  });
  if (found != open_.end()) {
    open_.splice(open_.begin(), open_, found);
    return open_.front().object;
  }
  WEIR_TRY(auto opened, open_now(file));
  open_.push_front({file.keys, file.bucket, file.key, file.version, opened});
  if (open_.size() > kOpenMax) open_.pop_back();
  return opened;
}

base::Status ServedLake::note_own_read(const File& file) {
  if (!file.own_place || file.own_place->noted) return {};
  file.own_place->noted = true;
  return note(tables_[file.own_place->read].with_own_rights, app::ObjectName{file.bucket, file.key});
}

base::Result<ServedLake::OpenPtr> ServedLake::open(const query::DataFile& file) {
  const auto& listed = *static_cast<const File*>(file.session.get());
  std::lock_guard lock(mutex_);
  WEIR_TRY(auto opened, open_or_reuse(listed));
  WEIR_CHECK_OK(note_own_read(listed));
  return opened;
}

base::Result<size_t> ServedLake::read(const query::DataFile& file, uint64_t offset, char* into, size_t n) {
  WEIR_TRY(auto opened, open(file));
  std::lock_guard lock(opened->one_at_a_time);
  WEIR_TRY(auto got, opened->reader->read(offset, into, n));
  bytes_read_ += got;
  return got;
}

}  // namespace weir::sql
